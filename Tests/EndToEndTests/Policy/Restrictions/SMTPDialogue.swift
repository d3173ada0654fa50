import Glibc
import SystemCalls

/// One SMTP session, a command after the other, as fast as Postfix answers.
final class SMTPDialogue {
  private let socket: Descriptor
  private var received: [UInt8] = []
  /// What Postfix said first.
  private(set) var greeting = ""

  /// Connects, and reads the greeting, which has to have this code.
  init(to listener: PrivatePostfix.Listener, welcome: String = "220") throws {
    let connected = try Loopback.connect(to: listener.address, port: listener.port)
    try UnixSocket.setPatience(15, on: connected)
    socket = connected
    greeting = try reply()
    try expect(welcome, greeting, to: "the connection")
  }

  /// An answer that a test's own preparation doesn't expect.
  struct Unexpected: Error, CustomStringConvertible {
    var command: String
    var reply: String
    var description: String { "\(command): \(reply)" }
  }

  /// What Postfix says to the recipient.
  func ask(_ probe: SMTPProbe) throws -> String {
    try must(probe.xclient, "220")
    if let helo = probe.helo { try must("EHLO \(helo)", "250") }
    try must("MAIL FROM:<\(probe.sender)>", "250")
    let reply = try say("RCPT TO:<\(probe.recipient)>")
    _ = try say("RSET")
    return reply
  }

  /// Hands over a whole message; what Postfix says at its end.
  func deliver(_ probe: SMTPProbe, subject: String = "x") throws -> String {
    try must(probe.xclient, "220")
    if let helo = probe.helo { try must("EHLO \(helo)", "250") }
    try must("MAIL FROM:<\(probe.sender)>", "250")
    try must("RCPT TO:<\(probe.recipient)>", "250")
    try must("DATA", "354")
    return try say("Subject: \(subject)\r\n\r\nx\r\n.")
  }

  func must(_ command: String, _ code: String) throws {
    try expect(code, say(command), to: command)
  }

  /// Sends a command; the last line of what comes back.
  func say(_ command: String) throws -> String {
    let bytes = Array("\(command)\r\n".utf8)
    let number = socket.number
    try retrying("send") { send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
    return try reply()
  }

  private func expect(_ code: String, _ reply: String, to command: String) throws {
    guard reply.hasPrefix(code) else { throw Unexpected(command: command, reply: reply) }
  }

  private func reply() throws -> String {
    while true {
      let line = try line()
      // A hyphen says that another line follows.
      if !line.dropFirst(3).hasPrefix("-") { return line }
    }
  }

  private func line() throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let number = socket.number
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = received[..<end].filter { $0 != UInt8(ascii: "\r") }
        received.removeSubrange(...end)
        return String(decoding: line, as: UTF8.self)
      }
      let count = try retrying("recv") { recv(number, &buffer, buffer.count, 0) }
      guard count > 0 else { throw SystemError("recv", code: ECONNRESET) }
      received += buffer[..<count]
    }
  }
}
