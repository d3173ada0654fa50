import MailTypes

/// The labels that a client's name has before its organisation's domain, as far as they tell what it is: a line of an
/// access provider or a rented machine, whose name was made from its address, is not run by who has named it.
///
/// Large senders name their hosts by one or two numbers of the address (`a8-50.smtp-out…`): from three on it is a name
/// that was made.
struct GenericName {
  /// In small letters.
  private let labels: [ArraySlice<UInt8>]

  init(labels: some Sequence<ArraySlice<UInt8>>) { self.labels = Array(labels) }

  /// Whether the name was made from `address`, or has a word of such names.
  func tells(_ address: IPAddress) -> Bool {
    guard !labels.isEmpty else { return false }
    return hasWord || hasNumbers(of: address) || hasDigits(of: address)
  }

  private static let words = Set(
    """
    adsl broadband cable cablemodem cpe cust customer customers dhcp dial dialin dialup dip dsl dyn dynamic dynamicip \
    dynip fttb ftth gprs lte ppp pppoe residential sdsl umts vdsl vds vps vserver xdsl
    """.split(separator: " ").map { Array($0.utf8) })

  private var hasWord: Bool {
    labels.contains { label in
      label.split(whereSeparator: { !Self.isLetter($0) }).contains { Self.words.contains(Array($0)) }
    }
  }

  /// Whether three of the address's numbers stand there, in any order.
  private func hasNumbers(of address: IPAddress) -> Bool {
    var numbers: [UInt32]
    var told: [UInt32]
    switch address {
    case .v4(let bits):
      numbers = [24, 16, 8, 0].map { bits >> $0 & 255 }
      told = parts(where: \.isASCIIDigit).compactMap { Self.number($0, radix: 10) }
    case .v6:
      numbers = address.words.filter { $0 != 0 }.map(UInt32.init)
      let words = parts { Self.isLetter($0) || $0.isASCIIDigit }
      // One digit a label, as in ip6.arpa.
      if words.filter({ $0.count == 1 }).count >= 16 { return true }
      told = words.compactMap { Self.number($0, radix: 16) }
    }
    var found = 0
    while let number = numbers.popLast() {
      guard let place = told.firstIndex(of: number) else { continue }
      told.remove(at: place)
      found += 1
    }
    return found >= 3
  }

  /// Whether an IPv4 address stands there as digits in a row: eight hexadecimal or twelve decimal ones, the first of
  /// its numbers first or last.
  private func hasDigits(of address: IPAddress) -> Bool {
    guard case .v4(let bits) = address else { return false }
    let numbers = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
    return [numbers, numbers.reversed()].contains { numbers in
      let hexadecimal = numbers.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }
      let decimal = numbers.flatMap { number in
        [number / 100, number / 10 % 10, number % 10].map { Self.digits[Int($0)] }
      }
      return labels.contains { $0.firstRange(of: hexadecimal) != nil || $0.firstRange(of: decimal) != nil }
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private func parts(where isPart: (UInt8) -> Bool) -> [ArraySlice<UInt8>] {
    labels.flatMap { $0.split(whereSeparator: { !isPart($0) }) }
  }

  /// Nil for one that no part of an address is.
  private static func number(_ digits: ArraySlice<UInt8>, radix: Int) -> UInt32? {
    guard digits.count <= 4 else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
}
