import MailTypes

/// A rule that has the form of an address or a network, whether it is one or not.
struct NetworkRule: Equatable {
  /// Nil for what only looks like one: `300.1.1.1`, `a:b:c`.
  let network: IPNetwork?

  /// Nil for what has another form, and is a domain's name.
  init?(_ text: ArraySlice<UInt8>) {
    if text.count(where: { $0 == UInt8(ascii: ":") }) >= 2 {
      network = try? IPNetwork(around: text)
      return
    }
    let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (2...4).contains(numbers.count), numbers.allSatisfy({ Self.isNumber($0, digits: 1...3) }) else {
      return nil
    }
    if parts.count == 2 {
      guard numbers.count == 4, Self.isNumber(parts[1], digits: 1...2) else { return nil }
      network = try? IPNetwork(around: text)
    } else {
      let rest = String(repeating: ".0", count: 4 - numbers.count)
      network = try? IPNetwork(around: text + Array("\(rest)/\(numbers.count * 8)".utf8))
    }
  }

  private static func isNumber(_ text: ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Bool {
    digits.contains(text.count) && text.allSatisfy(\.isASCIIDigit)
  }
}
