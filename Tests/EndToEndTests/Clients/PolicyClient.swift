import Glibc
import SystemCalls

/// A client of the policy delegation protocol that sends what it likes.
final class PolicyClient {
  private let socket: Descriptor
  private var received: [UInt8] = []
  private(set) var isClosed = false

  convenience init(_ path: String) throws { try self.init(UnixSocket.connect(to: path)) }

  convenience init(port: UInt16) throws { try self.init(Loopback.connect(to: "127.0.0.1", port: port)) }

  private init(_ socket: consuming Descriptor) throws {
    let number = socket.number
    let flags = fcntl(number, F_GETFL)
    try retrying("fcntl") { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
    self.socket = socket
  }

  /// Sends all of it as fast as the peer takes it, and reads meanwhile; a peer that has closed is no error here.
  func send(_ bytes: [UInt8]) async throws {
    var rest = bytes[...]
    try await eventually("the peer reads") {
      read()
      rest = rest.dropFirst(push(rest))
      return rest.isEmpty
    }
  }

  /// Sends pieces, each of which is read by itself.
  func send(_ bytes: [UInt8], inPiecesOf size: Int) async throws {
    for start in stride(from: 0, to: bytes.count, by: size) {
      try await send(Array(bytes[start..<min(start + size, bytes.count)]))
      try await taken()
    }
  }

  /// How many of `bytes` the peer's socket has room for now.
  func push(_ bytes: ArraySlice<UInt8>) -> Int {
    let count = bytes.withUnsafeBytes {
      Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    // What a closed peer doesn't get is as good as sent.
    if count < 0, [EPIPE, ECONNRESET].contains(errno) { return bytes.count }
    return max(count, 0)
  }

  /// Waits until the other end has taken everything, so that what is sent next is read by itself.
  func taken() async throws {
    let number = socket.number
    try await eventually("the peer reads") {
      read()
      var waiting: Int32 = 0
      try retrying("ioctl SIOCOUTQ") { unsafe ioctl(number, UInt(TIOCOUTQ), &waiting) }
      return waiting == 0
    }
  }

  /// Says that nothing more comes.
  func halfClose() throws {
    let number = socket.number
    try retrying("shutdown") { shutdown(number, Int32(SHUT_WR)) }
  }

  /// What has come so far, a reply each, without `action=`; anything else is shown as what it is.
  var replies: [String] {
    let (whole, rest) = parts
    return whole + (rest.isEmpty ? [] : ["unfinished: \(rest)"])
  }

  /// Takes the whole replies that have come since the last time.
  func takeReplies() -> [String] {
    let (whole, rest) = parts
    received = Array(rest.utf8)
    return whole
  }

  private var parts: (whole: [String], rest: Substring) {
    read()
    var parts = String(decoding: received, as: UTF8.self).split(
      separator: "\n\n", omittingEmptySubsequences: false)
    let rest = parts.removeLast()
    return (parts.map { $0.hasPrefix("action=") ? String($0.dropFirst(7)) : "no reply: \($0)" }, rest)
  }

  /// Waits for `count` replies in all, or for the end of the connection.
  func replies(_ count: Int, within limit: Duration = .patience) async throws -> [String] {
    try await eventually("\(count) replies", within: limit) { replies.count >= count || isClosed }
    return replies
  }

  /// Waits for the end of the connection.
  func closed(within limit: Duration = .patience) async throws -> [String] {
    try await eventually("the peer closes", within: limit) {
      read()
      return isClosed
    }
    return replies
  }

  /// Waits until the daemon really serves: the real one listens before it has its rights, its lock and its database.
  ///
  /// Nothing can be asked on this connection afterwards.
  func ensureServed() async throws {
    try halfClose()
    _ = try await closed()
  }

  /// One request and its answer, on a connection over which nothing else is under way.
  func ask(_ question: PolicyQuestion) async throws -> String {
    let before = replies.count
    try await send(question.bytes)
    let after = try await replies(before + 1)
    return after.count > before ? after[before] : "closed"
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !isClosed {
      let count = recv(socket.number, &buffer, buffer.count, 0)
      if count > 0 { received += buffer[..<count] }
      isClosed = count == 0 || (count < 0 && errno == ECONNRESET)
      if count < 0 { return }
    }
  }
}
