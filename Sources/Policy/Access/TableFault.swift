import MailTypes

/// What is wrong with a table; with a fault the table must not be used.
package struct TableFault: Error, Equatable, Sendable {
  /// In the file, counted from 1; for a table in braces, which rule of it.
  package let line: Int
  package let reason: Reason

  /// What is wrong.
  package enum Reason: Equatable, Sendable, CustomStringConvertible {
    case continuation
    case noValue
    case noKey
    case notAPair(String)
    case pattern(String)
    case expression(String)
    /// Bits after the prefix, and the network that was meant.
    case hostBits(String, instead: String)
    case replacement(String)
    case endifWithoutIf
    case ifWithoutEndif
    case textAfter(String)
    case braces
    case action(AccessAction.Fault)

    package var description: String {
      switch self {
      case .continuation: "the first line begins with a blank"
      case .noValue: "there is no result"
      case .noKey: "there is no pattern"
      case .notAPair(let text): "\(text) is no name = value"
      case .pattern(let text): "\(text) is no address or network"
      case .expression(let message): message
      case .hostBits(let text, let instead): "\(text) has bits after the prefix; did you mean \(instead)?"
      case .replacement(let text): "\(text): no such part of the expression"
      case .endifWithoutIf: "endif without if"
      case .ifWithoutEndif: "if without endif"
      case .textAfter(let word): "there is more after \(word)"
      case .braces: "braces don't match"
      case .action(let fault): fault.description
      }
    }
  }

  /// The fault with the name of its table.
  package func description(of table: TableName) -> String {
    "\(table.place(ofLine: line)): \(reason)"
  }
}
