/// Something about the host that keeps the settings from working as they are meant.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  /// Whether the daemon starts all the same.
  package enum Severity: String, Sendable {
    /// The daemon does not start.
    case error
    /// It starts, and some logins won't do what their users expect.
    case warning
  }

  package let severity: Severity
  package let message: String
  /// What to do about it: a command, or the line to write.
  package let mend: String

  package var isError: Bool { severity == .error }

  /// What to know and to do, for a log that shows the severity itself.
  package var advice: String { "\(message); mend: \(mend)" }

  package var description: String { "\(severity): \(message); mend: \(mend)" }

  static func error(_ message: String, mend: String) -> Finding {
    Finding(severity: .error, message: message, mend: mend)
  }

  static func warning(_ message: String, mend: String) -> Finding {
    Finding(severity: .warning, message: message, mend: mend)
  }
}
