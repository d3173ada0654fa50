/// A line of a whitelist that is no rule: it is passed over, the others hold.
package struct WhitelistFault: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  /// Counted from 1.
  package let line: Int
  package let reason: Reason

  /// What is wrong.
  package enum Reason: Equatable, Sendable {
    /// A blank in the middle, in a clients' file.
    case notAHostname
    /// A blank in the middle, in a recipients' file.
    case notAnAddress
    /// It looks like a network, but isn't: postgrey says nothing, and goes without it.
    case notANetwork(String)
    case expression(String)
    case tooLong
  }

  package var description: String {
    let what =
      switch reason {
      case .notAHostname: "doesn't look like a hostname"
      case .notAnAddress: "doesn't look like an address"
      case .notANetwork(let text): "\(text) is no network"
      case .expression(let message): message
      case .tooLong: "longer than \(WhitelistLine.longest) bytes"
      }
    return "\(file) line \(line): \(what)"
  }
}
