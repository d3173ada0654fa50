import ArgumentParser
import Control
import Glibc
import Settings
import SystemCalls

/// A question to a service over its control socket, and the whole answer.
struct OperatorQuestion {
  /// The longest answer that is read, bytes.
  static let longestAnswer = 1 << 16
  /// What a refused question's answer begins with.
  private static let refusal = "error="

  private let request: OperatorRequest
  private let patience: Int

  /// Prepares the question.
  ///
  /// - Parameters:
  ///   - request: what is asked for.
  ///   - patience: seconds until the answer must have begun; longer than the service waits for its store.
  init(_ request: OperatorRequest, patience: Int = 10) {
    self.request = request
    self.patience = patience
  }

  /// Asks the service behind `socket`; what is wrong is said on standard error.
  func ask(_ socket: String) throws -> String {
    let answer = try converse(socket)
    guard answer.isEmpty else { return answer }
    Complaint.write("\(socket): the daemon gave no answer")
    throw ArgumentParser.ExitCode(ExitStatus.unreachable)
  }

  /// Asks for something that is answered by the end of the service behind `socket`.
  func askForEnd(_ socket: String) throws { _ = try converse(socket) }

  private func converse(_ socket: String) throws -> String {
    do throws(SystemError) {
      let connection = try UnixSocket.connect(to: socket)
      try UnixSocket.setPatience(patience, on: connection)
      let line = Array(request.line.utf8)
      let number = connection.number
      try retrying("send") { send(number, line, line.count, Int32(MSG_NOSIGNAL)) }
      let answer = try readAll(from: connection)
      guard answer.hasPrefix(Self.refusal) else { return answer }
      let reason = answer.dropFirst(Self.refusal.count).prefix { $0 != "\n" }
      Complaint.write("the daemon refuses: \(reason)")
    } catch {
      Complaint.write(Self.message(error, socket: socket))
      throw ArgumentParser.ExitCode(ExitStatus.unreachable)
    }
    throw ArgumentParser.ExitCode(1)
  }

  private func readAll(from connection: borrowing Descriptor) throws(SystemError) -> String {
    var bytes: [UInt8] = []
    while bytes.count < Self.longestAnswer {
      var part = [UInt8](repeating: 0, count: 4096)
      let number = connection.number
      let count = try retrying("recv") { recv(number, &part, part.count, 0) }
      if count == 0 { break }
      bytes += part.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func message(_ error: SystemError, socket: String) -> String {
    switch error.code {
    case ENOENT, ECONNREFUSED: "no daemon answers at \(socket): is posternd running?"
    case EACCES: "\(socket): permission denied: ask as root, or as a member of the [control] group"
    case EAGAIN: "\(socket): the daemon gave no answer in time"
    default: "\(socket): \(error)"
    }
  }
}
