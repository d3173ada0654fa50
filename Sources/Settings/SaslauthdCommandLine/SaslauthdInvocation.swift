/// A saslauthd command line that starts a daemon.
package struct SaslauthdInvocation: Equatable, Sendable {
  /// Whether and how the daemon leaves the terminal.
  package enum Terminal: Equatable, Sendable {
    /// Neither `-d` nor `-f`: in the background, logging to syslog.
    case leave
    /// In the foreground, logging to standard error.
    case stay
  }

  package let settings: Settings
  package let terminal: Terminal
  /// `-m`: where the socket, the lock and the pid file are.
  package let runDirectory: String
  /// What the start says about flags that are taken but have no effect.
  package let notices: [String]

  /// Written only by a daemon that has left the terminal.
  package var pidFile: String { "\(runDirectory)/saslauthd.pid" }
  /// Held while the daemon runs, so that a second instance is refused.
  package var lockFile: String { "\(runDirectory)/saslauthd.pid.lock" }
}

/// What a saslauthd command line asks for.
package enum SaslauthdCommand: Equatable, Sendable {
  case run(SaslauthdInvocation)
  case answer(SaslauthdAnswer)

  /// Reads the flags as saslauthd 2.1.28 does.
  ///
  /// - Parameters:
  ///   - flags: without the program's name.
  ///   - program: the name by which getopt's complaints call it.
  package init(_ flags: [String], program: String = "saslauthd") {
    do throws(SaslauthdAnswer) {
      var read = SaslauthdFlags(program: program)
      for option in ScannedOption.scan(flags, letters: SaslauthdFlags.letters) { try read.apply(option) }
      self = .run(try read.invocation())
    } catch {
      self = .answer(error)
    }
  }
}
