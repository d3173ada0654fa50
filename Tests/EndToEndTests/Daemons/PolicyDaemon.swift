import Testing

/// The programs with postgrey's command line.
enum PolicyDaemon: String, Sendable, CaseIterable, CustomTestStringConvertible {
  /// The real one: the reference.
  case postgrey
  case posternd

  var testDescription: String { rawValue }

  var isReference: Bool { self == .postgrey }

  var commandLine: [String] {
    switch self {
    case .postgrey: ["/usr/sbin/postgrey"]
    case .posternd: [Project.program("posternd"), "postgrey"]
    }
  }
}
