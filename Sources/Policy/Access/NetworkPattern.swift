import MailTypes

/// A network as Postfix writes it: `address`, `address/prefix`, and with brackets `[address]`, `[address]/prefix`,
/// `[address/prefix]`.
enum NetworkPattern {
  /// Why a text is none.
  struct Fault: Error {
    let reason: TableFault.Reason
  }

  static func read(_ pattern: ArraySlice<UInt8>) throws(Fault) -> IPNetwork {
    let text = pattern.repairedText
    guard let bare = withoutBrackets(pattern) else { throw Fault(reason: .pattern(text)) }
    do throws(IPNetwork.Fault) {
      return try IPNetwork(bare)
    } catch {
      if case .hostBits(let network) = error {
        throw Fault(reason: .hostBits(text, instead: network.description))
      }
      throw Fault(reason: .pattern(text))
    }
  }

  private static func withoutBrackets(_ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard pattern.first == UInt8(ascii: "[") else { return pattern }
    guard let close = pattern.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let after = pattern[(close + 1)...]
    guard after.isEmpty || after.first == UInt8(ascii: "/") else { return nil }
    return pattern[(pattern.startIndex + 1)..<close] + after
  }
}
