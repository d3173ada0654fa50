import Foundation
import Glibc
import Testing

/// A daemon that has left the terminal, known by its pid file.
final class DetachedPostgrey {
  let pid: Int32
  let socket: String
  let pidFile: String
  let dev: PrivateDev

  /// Starts it as an init script does, and waits for the command's end and until the daemon serves.
  init(_ daemon: PolicyDaemon, in run: RunDirectory, flags: [String] = []) async throws {
    socket = run.path("greylist")
    pidFile = run.path("postgrey.pid")
    dev = try PrivateDev(in: run)
    let command = dev.command(
      running: try GreylistDaemon.command(
        daemon, in: run, at: socket,
        options: .init(flags: ["--daemonize", "--pidfile=\(pidFile)"] + flags)))
    let finished = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
    #expect(finished == Finished(status: 0, output: "", errors: ""))
    let written = try await RunDirectory.text(pidFile) { $0.hasSuffix("\n") }
    pid = try #require(Int32(written.dropLast()))
    try await eventually("it takes connections") { Gateway.isConnectable(socket) }
    try await PolicyClient(socket).ensureServed()
  }

  /// Asks it to end and waits; the real one sees the signal when somebody connects.
  func stop() async throws {
    kill(pid, SIGTERM)
    try await eventually("pid \(pid) ends") {
      _ = Gateway.isConnectable(socket)
      return !ProcessTable.isAlive(pid)
    }
  }

  // Whatever a test that failed has left running; the daemon leads a session of its own.
  deinit { if ProcessTable.isAlive(pid) { kill(-pid, SIGKILL) } }
}
