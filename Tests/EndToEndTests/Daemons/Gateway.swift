import Foundation
import SystemCalls

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
    var mode = "0660"
    var group = "root"
  }

  let daemon: Daemon
  let etc: PrivateEtc
  /// The directory that saslauthd's -m names.
  let directory: String
  let process: RunningProcess
  var socket: String { "\(directory)/mux" }
  /// Everything that it said on its terminal.
  var log: String { process.log }

  /// Starts `daemon` and waits until its socket takes connections.
  ///
  /// - Parameters:
  ///   - run: where its files go.
  ///   - directory: where its socket goes; exists.
  ///   - prepare: changes the PAM files and accounts before the start.
  init(
    _ daemon: Daemon, in run: RunDirectory, at directory: String, options: Options = Options(),
    prepare: (PrivateEtc) throws -> Void = { _ in }
  ) async throws {
    self.daemon = daemon
    self.directory = directory
    etc = try PrivateEtc(in: run)
    for (uid, name) in [(64_001, "postern"), (64_002, "postern-local")] {
      try etc.add(name, uid: uid, groups: name == "postern-local" ? ["shadow"] : [])
    }
    try prepare(etc)
    let command = etc.command(running: try Self.command(daemon, in: run, at: directory, options: options))
    let log = run.path("\(daemon.rawValue).log")
    process = try RunningProcess(command[0], Array(command.dropFirst()), output: log, errors: log)
    do {
      try await eventually("\(daemon) answers at \(socket)") {
        guard process.isRunning else { throw Ended(daemon: daemon, log: process.log) }
        return Self.isConnectable(socket)
      }
    } catch is NeverHappened {
      throw Ended(daemon: daemon, log: process.log)
    }
  }

  /// A daemon that ended, or said nothing, instead of opening its socket.
  struct Ended: Error, CustomStringConvertible {
    var daemon: Daemon
    var log: String
    var description: String { "\(daemon) did not start:\n\(log)" }
  }

  private static func command(
    _ daemon: Daemon, in run: RunDirectory, at directory: String, options: Options
  ) throws -> [String] {
    switch daemon {
    case .saslauthd, .posterndAsSaslauthd:
      return daemon.commandLine
        + ["-a", options.mechanism, "-m", directory, "-n", "\(options.workers)", "-d"] + options.flags
    case .posternd:
      return [Project.program("posternd"), "-c", try settings(in: run, at: directory, options: options)]
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
      pam_directory = "/etc/pam.d"
      workers = \(options.workers)
      deadline = "\(options.deadline)"
      [control]
      directory = "\(run.path("control"))"
      [log]
      to = "stderr"
      level = "debug"
      \(options.settings)
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

  func stop() async throws { try await process.stop() }
}
