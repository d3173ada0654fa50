import ArgumentParser
import Control
import Glibc
import Settings
import SystemCalls

/// A question to a service over its control socket, and the whole answer.
struct OperatorQuestion {
  /// The longest answer that is read, bytes.
  static let longestAnswer = 1 << 16

  private let request: OperatorRequest

  init(_ request: OperatorRequest) { self.request = request }

  /// Asks the service behind `socket`; what is wrong is said on standard error.
  func ask(_ socket: String) throws -> String {
    do {
      let connection = try UnixSocket.connect(to: socket)
      try UnixSocket.setPatience(5, on: connection)
      let line = Array(request.line.utf8)
      try retrying("send") { send(connection.number, line, line.count, Int32(MSG_NOSIGNAL)) }
      let answer = try readAll(from: connection)
      guard !answer.isEmpty else { throw SystemError("no answer", code: ENODATA) }
      return answer
    } catch let error as SystemError {
      Complaint.write(Self.message(error, socket: socket))
      throw ArgumentParser.ExitCode(ExitStatus.unreachable)
    }
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
    default: "\(socket): \(error)"
    }
  }
}
