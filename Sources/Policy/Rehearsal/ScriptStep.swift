package import MailTypes

/// One line of a rehearsal's script.
package struct ScriptStep: Sendable {
  /// Where it begins, counted from 1.
  package let line: Int
  /// As it is written.
  package let text: [UInt8]
  package let command: Command

  /// What a line says.
  package enum Command: Sendable {
    /// `list`, `set`, `table` and `dns`: the policy that holds from here on.
    case policy(RehearsedPolicy)
    /// Somebody connects.
    case client(name: [UInt8], address: [UInt8], reverseName: [UInt8])
    case helo([UInt8])
    case login(user: [UInt8], method: [UInt8])
    case mail(MailAddress)
    case rcpt(MailAddress)
    case data
    case etrn([UInt8])
    /// So many seconds pass.
    case wait(Int64)
    case expect(Expectation)
  }
}
