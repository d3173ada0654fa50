import Glibc
import SystemCalls

/// A client at the mux socket that sends what it likes.
struct MuxClient: ~Copyable {
  private let socket: Descriptor

  init(_ path: String) throws {
    let connected = try UnixSocket.connect(to: path)
    let number = connected.number
    let flags = fcntl(number, F_GETFL)
    try retrying("fcntl") { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
    socket = connected
  }

  /// Sends all of it in one write; a peer that has closed already is no error here.
  func send(_ bytes: [UInt8]) throws {
    let number = socket.number
    do throws(SystemError) {
      let sent = try retrying("send") { unsafe Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
      if sent != bytes.count { throw SystemError("send", code: EMSGSIZE) }
    } catch {
      guard [EPIPE, ECONNRESET].contains(error.code) else { throw error }
    }
  }

  /// Waits until the other end has taken everything, so that what is sent next is read by itself.
  func taken() async throws {
    let number = socket.number
    try await eventually("the peer reads") {
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

  /// Reads until the other end closes, or for as long as `limit`.
  func answer(within limit: Duration = .seconds(30)) async throws -> MuxAnswer {
    let number = socket.number
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    var isClosed = false
    do {
      try await eventually("the peer closes", within: limit) {
        let count = unsafe recv(number, &buffer, buffer.count, 0)
        if count > 0 { bytes += buffer[..<count] }
        isClosed = count == 0 || (count < 0 && errno == ECONNRESET)
        return isClosed
      }
    } catch is NeverHappened {
      isClosed = false
    }
    return MuxAnswer(bytes: bytes, isClosed: isClosed)
  }
}

/// What came back on one connection until its end.
enum MuxAnswer: Equatable {
  case ok
  case no
  /// Closed without a byte: libsasl makes a passing fault of it.
  case closed
  /// Neither an answer nor an end.
  case silence
  /// Anything else: two answers, or one without the end of the connection.
  case other([UInt8])

  init(bytes: [UInt8], isClosed: Bool) {
    guard !bytes.isEmpty else {
      self = isClosed ? .closed : .silence
      return
    }
    let text = bytes.dropFirst(2)
    let isOneAnswer = bytes.count > 3 && Int(bytes[0]) << 8 | Int(bytes[1]) == text.count && isClosed
    if isOneAnswer, text.elementsEqual("OK".utf8) || text.starts(with: "OK ".utf8) {
      self = .ok
    } else if isOneAnswer, text.elementsEqual("NO".utf8) || text.starts(with: "NO ".utf8) {
      self = .no
    } else {
      self = .other(bytes)
    }
  }
}
