/// What a command line is answered with instead of a running daemon, as saslauthd answers it.
package struct SaslauthdAnswer: Error, Equatable, Sendable {
  /// Lines that saslauthd also sends to syslog, without the `saslauthd[PID] :` before them.
  package let logged: [String]
  /// What follows them.
  package let printed: String
  package let exitStatus: Int32

  /// All of it, as standard error has it; standard output gets nothing from saslauthd, `-h` and `-v` included.
  package func standardError(pid: Int32) -> String {
    logged.map { "saslauthd[\(pid)] :\($0)\n" }.joined() + printed
  }

  /// The same in a line, for those who wanted settings.
  var reason: String { logged.first ?? "these flags start no daemon" }

  static let version = SaslauthdAnswer(logged: [], printed: SaslauthdText.version, exitStatus: 0)

  /// The usage text; saslauthd exits with 0 even when it prints this for a mistake.
  static func usage(logged: [String] = [], after complaint: String = "") -> SaslauthdAnswer {
    SaslauthdAnswer(logged: logged, printed: complaint + SaslauthdText.usage, exitStatus: 0)
  }

  static func refusal(_ lines: String...) -> SaslauthdAnswer {
    SaslauthdAnswer(logged: lines, printed: "", exitStatus: 1)
  }
}
