import Glibc
import SystemCalls

/// Question and answer over one connection, as fast as the daemon answers.
final class PolicyDialogue {
  private let socket: Descriptor

  init(at path: String) throws {
    let connected = try UnixSocket.connect(to: path)
    try UnixSocket.setPatience(10, on: connected)
    socket = connected
  }

  /// The answer without `action=`.
  func ask(_ question: PolicyQuestion) throws -> String {
    let bytes = question.bytes
    let number = socket.number
    try retrying("send") { send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
    var reply: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !reply.ends(with: "\n\n".utf8) {
      let count = try retrying("recv") { recv(number, &buffer, buffer.count, 0) }
      guard count > 0 else { throw SystemError("recv", code: ECONNRESET) }
      reply += buffer[..<count]
    }
    return String(decoding: reply.dropFirst("action=".utf8.count).dropLast(2), as: UTF8.self)
  }
}

extension [UInt8] {
  fileprivate func ends(with end: String.UTF8View) -> Bool { suffix(end.count).elementsEqual(end) }
}
