import Foundation
import Testing

/// One running daemon with postgrey's command line, and a database, whitelists and a socket of its own.
final class GreylistDaemon {
  /// What a test may want otherwise.
  struct Options {
    /// `--unix` at the test's own socket, or what `--inet` says.
    var inet: String?
    var flags: [String] = []
    /// The lines of `--whitelist-clients`.
    var clients = ""
    /// The lines of `--whitelist-recipients`.
    var recipients = ""
    /// Instead of the daemon's own program and first arguments.
    var program: [String]?
  }

  /// The name in the header.
  static let hostname = "gate.example"

  let daemon: PolicyDaemon
  let run: RunDirectory
  let socket: String
  let process: RunningProcess
  private let options: Options
  /// Everything that it said on its terminal.
  var log: String { process.log }

  /// Starts `daemon` and waits until it serves.
  init(
    _ daemon: PolicyDaemon, in run: RunDirectory, at socket: String? = nil, options: Options = Options()
  ) async throws {
    self.daemon = daemon
    self.run = run
    self.options = options
    self.socket = socket ?? run.path("greylist")
    let command = try Self.command(daemon, in: run, at: self.socket, options: options)
    let log = run.path("\(daemon.rawValue).log")
    process = try RunningProcess(command[0], Array(command.dropFirst()), output: log, errors: log)
    try await eventually("\(daemon) takes connections") {
      guard process.isRunning else { throw Ended(daemon: daemon, log: process.log) }
      return try isConnectable
    }
    try await client().ensureServed()
  }

  /// A daemon that ended instead of serving.
  struct Ended: Error, CustomStringConvertible {
    var daemon: PolicyDaemon
    var log: String
    var description: String { "\(daemon) did not start:\n\(log)" }
  }

  /// The whole command line; makes the files that it names.
  static func command(
    _ daemon: PolicyDaemon, in run: RunDirectory, at socket: String, options: Options
  ) throws -> [String] {
    let database = try run.make("greylist.db", owner: "postgrey", group: "postgrey")
    return (options.program ?? daemon.commandLine)
      + [
        options.inet.map { "--inet=\($0)" } ?? "--unix=\(socket)",
        "--dbdir=\(database)", "--hostname=\(hostname)",
        "--whitelist-clients=\(try run.write(options.clients, to: "whitelist_clients"))",
        "--whitelist-recipients=\(try run.write(options.recipients, to: "whitelist_recipients"))",
      ] + options.flags
  }

  private var isConnectable: Bool {
    get throws {
      guard let inet = options.inet else { return Gateway.isConnectable(socket) }
      return try Loopback.isListening("127.0.0.1", port: Self.port(of: inet))
    }
  }

  private static func port(of inet: String) throws -> UInt16 {
    try #require(inet.split(separator: ":").last.flatMap { UInt16($0) })
  }

  /// A connection as smtpd makes one.
  func client() throws -> PolicyClient {
    guard let inet = options.inet else { return try PolicyClient(socket) }
    return try PolicyClient(port: Self.port(of: inet))
  }

  /// Ends the daemon; the real one at once, since it sees a signal only when somebody asks it something.
  func stop() async throws {
    if daemon.isReference { try await process.destroy() } else { try await process.stop() }
  }

  /// Waits for the process that answers.
  func answering() async throws -> Int32 {
    guard !daemon.isReference else { return process.pid }
    var found: Int32?
    try await eventually("postern-policy runs") {
      found = try ProcessTable.descendants(of: process.pid).first { $0.name == "postern-policy" }?.pid
      return found != nil
    }
    return try #require(found)
  }

  /// For the message of an expectation that failed.
  var logs: Comment { "--- \(daemon)\n\(log)" }
}

extension GreylistDaemon {
  /// Starts a daemon, gives it to `body`, ends it.
  static func with(
    _ daemon: PolicyDaemon, options: Options = Options(), _ body: (GreylistDaemon) async throws -> Void
  ) async throws {
    let greylist = try await GreylistDaemon(daemon, in: try RunDirectory(), options: options)
    do {
      try await body(greylist)
    } catch {
      Issue.record(error, greylist.logs)
    }
    if greylist.process.isRunning { try await greylist.stop() }
  }
}
