import Foundation

/// The rest of the Internet: takes every message and keeps it as a file.
final class MailSink {
  private let process: RunningProcess
  private let directory: String
  let port: UInt16

  init(in directory: RunDirectory) async throws {
    let port = try Loopback.freePort()
    self.port = port
    self.directory = try directory.make("mail", owner: "postfix")
    process = try RunningProcess(
      "smtp-sink", ["-u", "postfix", "-d", "\(self.directory)/message.", "127.0.0.1:\(port)", "200"],
      output: directory.path("sink.out"), errors: directory.path("sink.out"))
    try await eventually("smtp-sink listens") { try Loopback.isListening("127.0.0.1", port: port) }
  }

  /// The messages that have come, headers and all; a file whose headers are still being written isn't one yet.
  func messages() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).map {
      try String(contentsOfFile: "\(directory)/\($0)", encoding: .utf8)
    }.filter { $0.contains("\n\n") }
  }

  func stop() async throws { try await process.stop() }
}
