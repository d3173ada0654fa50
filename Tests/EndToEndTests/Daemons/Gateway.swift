import Foundation
import SystemCalls
import Testing

/// One running daemon with a socket, PAM files and accounts of its own.
final class Gateway {
  /// What a test may want otherwise.
  struct Options {
    var mechanism = "pam"
    var workers = 5
    var deadline = "10s"
    /// More flags of saslauthd's command line.
    var flags: [String] = []
    /// More lines of postern.toml, whole tables.
    var settings = ""
    /// The listeners of the policy service, by their names; none: there is no such service.
    var policies: [String: Policy] = [:]
    /// Where its store is; nil: in the test's directory.
    var store: String?
    var services = ["smtp", "imap", "pop", "sieve"]
    var mode = "0660"
    var group = "root"
    var posternd = Project.program("posternd")
    /// A program that starts the daemon and becomes or watches it.
    var wrapper: [String] = []
  }

  private let run: RunDirectory
  let daemon: Daemon
  let etc: PrivateEtc
  /// The directory that saslauthd's -m names.
  let directory: String
  let process: RunningProcess
  var socket: String { "\(directory)/mux" }
  /// Written for a daemon that reads it.
  var settingsFile: String { run.path("postern.toml") }
  /// Where that daemon's own sockets are.
  var controlDirectory: String { run.path("control") }
  /// The policy service's database.
  let store: String
  /// Everything that it said on its terminal.
  var log: String { process.log }

  /// Starts `daemon` and waits until its socket takes connections.
  ///
  /// Its files go into `run`, its socket into `directory`; `prepare` changes PAM files and accounts before that.
  init(
    _ daemon: Daemon, in run: RunDirectory, at directory: String, options: Options = Options(),
    prepare: (PrivateEtc) throws -> Void = { _ in }
  ) async throws {
    self.daemon = daemon
    self.directory = directory
    self.run = run
    store = "\(options.store ?? run.path("store"))/postern.db"
    etc = try Self.etc(in: run, prepare: prepare)
    let command = etc.command(
      running: options.wrapper + (try Self.command(daemon, in: run, at: directory, options: options)))
    let log = run.path("\(daemon.rawValue).log")
    process = try RunningProcess(command[0], Array(command.dropFirst()), output: log, errors: log)
    do {
      try await eventually("\(daemon) answers at \(socket)") {
        guard process.isRunning else {
          throw Ended(daemon: daemon, status: process.exitStatus, log: process.log)
        }
        return Self.isConnectable(socket)
          && options.policies.keys.allSatisfy { Self.isConnectable(policySocket($0)) }
      }
    } catch is NeverHappened {
      throw Ended(daemon: daemon, status: nil, log: process.log)
    }
  }

  /// Where the policy service's listener with this name is.
  func policySocket(_ name: String) -> String { Self.policySocket(name, in: run) }

  /// The files that decide about logins, with the users that our programs run as.
  static func etc(in run: RunDirectory, prepare: (PrivateEtc) throws -> Void) throws -> PrivateEtc {
    let etc = try PrivateEtc(in: run)
    try etc.add("postern", uid: 64_001)
    try etc.add("postern-local", uid: 64_002, groups: ["shadow"])
    try prepare(etc)
    return etc
  }

  /// A daemon that ended, or said nothing, instead of opening its socket.
  struct Ended: Error, CustomStringConvertible {
    var daemon: Daemon
    /// Nil: it is still there.
    var status: Int32?
    var log: String
    var description: String { "\(daemon) did not start:\n\(log)" }
  }

  private static func command(
    _ daemon: Daemon, in run: RunDirectory, at directory: String, options: Options
  ) throws -> [String] {
    switch daemon {
    case .saslauthd, .posterndAsSaslauthd:
      let command = daemon.isReference ? daemon.commandLine : [options.posternd, "saslauthd"]
      return command
        + ["-a", options.mechanism, "-m", directory, "-n", "\(options.workers)", "-d"] + options.flags
    case .posternd:
      return [options.posternd, "-c", try settings(in: run, at: directory, options: options)]
    }
  }

  /// Writes postern.toml; the users are those that `init` adds.
  static func settings(in run: RunDirectory, at directory: String, options: Options) throws -> String {
    try run.make("control")
    return try run.write(
      """
      [auth]
      listen = ["\(directory)/mux"]
      mode = "\(options.mode)"
      group = "\(options.group)"
      mechanisms = ["\(options.mechanism)"]
      services = \(options.services)
      pam_directory = "/etc/pam.d"
      workers = \(options.workers)
      deadline = "\(options.deadline)"
      [control]
      directory = "\(run.path("control"))"
      [log]
      to = "stderr"
      level = "debug"
      \(options.settings)
      \(try policyTables(in: run, options: options))
      """, to: "postern.toml")
  }

  static func isConnectable(_ socket: String) -> Bool {
    do throws(SystemError) {
      _ = try UnixSocket.connect(to: socket)
      return true
    } catch {
      return false
    }
  }

  /// Ends the daemon; the real one at once, since it misses a TERM now and then.
  func stop() async throws {
    if daemon.isReference { try await process.destroy() } else { try await process.stop() }
  }

  /// One request and its answer.
  func login(
    _ login: String = WireAccount.login, password: String = WireAccount.password, service: String = "smtp",
    realm: String = ""
  ) async throws -> MuxAnswer {
    let client = try MuxClient(socket)
    try client.send(Frame.login(login, password, service: service, realm: realm).bytes)
    return try await client.answer()
  }

  /// Many requests, all on their way before the first answer is read; one by one at the real one, which takes
  /// only a few of them and then falls silent.
  func logins(_ requests: [(login: String, password: String)]) async throws -> [MuxAnswer] {
    guard !daemon.isReference else {
      var answers: [MuxAnswer] = []
      for request in requests { answers.append(try await login(request.login, password: request.password)) }
      return answers
    }
    let connections = try requests.map { request in
      let connection = try MuxConnection(socket)
      try connection.client.send(Frame.login(request.login, request.password).bytes)
      return connection
    }
    var answers: [MuxAnswer] = []
    for connection in connections { answers.append(try await connection.client.answer()) }
    return answers
  }

  /// Keeps a client in a list.
  private final class MuxConnection {
    let client: MuxClient
    init(_ path: String) throws { client = try MuxClient(path) }
  }

  /// Waits until the log holds `text`.
  func says(_ text: String) async throws {
    try await eventually("the log says \(text)") { log.contains(text) }
  }

  /// Asks until the answer is `expected`: a reload takes effect when it is done, not when it is asked for.
  func answers(_ expected: MuxAnswer) async throws {
    try await eventually("the answer \(expected)") { try await login() == expected }
  }

  /// Waits for a process of ours with this name.
  func part(_ name: String) async throws -> ProcessTable.Entry {
    var found: ProcessTable.Entry?
    try await eventually("\(name) runs") {
      found = try ProcessTable.descendants(of: process.pid).first { $0.name == name }
      return found != nil
    }
    return try #require(found)
  }

  /// Changes postern.toml under the running daemon.
  func rewriteSettings(_ change: (String) -> String) throws {
    let text = try RunDirectory.text(run.path("postern.toml"))
    try run.write(change(text), to: "postern.toml")
  }

  /// For the message of an expectation that failed.
  var logs: Comment { "--- \(daemon)\n\(log)" }
}

extension Gateway {
  /// Starts a daemon with no mail system around it, gives it to `body`, ends it.
  static func with(
    _ daemon: Daemon, options: Options = Options(), prepare: (PrivateEtc) throws -> Void = { _ in },
    _ body: (Gateway) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    let gateway = try await Gateway(
      daemon, in: run, at: try run.make("saslauthd"), options: options, prepare: prepare)
    do {
      try await body(gateway)
    } catch {
      Issue.record(error, gateway.logs)
    }
    if gateway.process.isRunning { try await gateway.stop() }
  }
}
