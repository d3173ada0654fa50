import Glibc

/// Where a program's settings come from: the same for posternd and for those that it starts.
package enum SettingsSource: Equatable, Sendable {
  /// postern.toml.
  case file(String)
  /// saslauthd's flags.
  case saslauthd([String])
  /// postgrey's options.
  case postgrey([String])

  package static let defaultFile = "/etc/postern/postern.toml"

  /// Reads `[-c FILE]`, `saslauthd FLAGS…` or `postgrey OPTIONS…`, without the program's name.
  package init(arguments: [String]) throws(UsageError) {
    switch arguments.first {
    case nil:
      self = .file(Self.defaultFile)
    case "saslauthd":
      self = .saslauthd(Array(arguments.dropFirst()))
    case "postgrey":
      self = .postgrey(Array(arguments.dropFirst()))
    case "-c":
      guard arguments.count > 1 else { throw UsageError(reason: "-c needs a file") }
      guard arguments.count == 2 else { throw UsageError(reason: "unknown argument: \(arguments[2])") }
      self = .file(arguments[1])
    case let argument?:
      throw UsageError(reason: "unknown argument: \(argument)")
    }
  }

  /// What another program is started with, to come to the same settings.
  package var arguments: [String] {
    switch self {
    case .file(let path): ["-c", path]
    case .saslauthd(let flags): ["saslauthd"] + flags
    case .postgrey(let options): ["postgrey"] + options
    }
  }
}

/// A command line that says nothing; exit code 64.
package struct UsageError: Error, Equatable {
  package let reason: String
}

extension Settings {
  /// The settings that `source` gives, the same in every program.
  ///
  /// - Throws: everything that is wrong, in one run; the exit code is 78.
  package static func load(_ source: SettingsSource) throws(SettingsErrors) -> Settings {
    switch source {
    case .file(let path):
      return try SettingsFile.load(path)
    case .saslauthd(let flags):
      switch SaslauthdCommand(flags) {
      case .run(let invocation): return invocation.settings
      case .answer(let answer):
        throw SettingsErrors([SettingsError(answer.reason, place: "saslauthd")])
      }
    case .postgrey(let options):
      switch PostgreyCommand(options) {
      case .run(let invocation): return invocation.settings
      case .answer:
        throw SettingsErrors([SettingsError("these options start no daemon", place: "postgrey")])
      }
    }
  }
}
