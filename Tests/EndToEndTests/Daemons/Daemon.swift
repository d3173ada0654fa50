import Testing

/// The programs that answer at a saslauthd socket.
enum Daemon: String, Sendable, CaseIterable, CustomTestStringConvertible {
  /// Cyrus SASL's own: the reference.
  case saslauthd
  /// Ours with a postern.toml.
  case posternd
  /// Ours with saslauthd's command line.
  case posterndAsSaslauthd

  var testDescription: String { rawValue }

  var isReference: Bool { self == .saslauthd }
  static let ours: [Daemon] = [.posternd, .posterndAsSaslauthd]
  /// Those with saslauthd's flags.
  static let withCommandLine: [Daemon] = [.saslauthd, .posterndAsSaslauthd]

  /// How it is called with saslauthd's flags.
  var commandLine: [String] {
    switch self {
    case .saslauthd: ["/usr/sbin/saslauthd"]
    case .posternd, .posterndAsSaslauthd: [Project.program("posternd"), "saslauthd"]
    }
  }
}
