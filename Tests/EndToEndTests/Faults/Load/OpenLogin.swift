import Glibc
import SystemCalls

/// One login on its way, and how it ended.
final class OpenLogin {
  /// What came back, and when, counted from the connect.
  struct Ending: Equatable, Sendable {
    var bytes: [UInt8]
    var took: Duration
    var answer: MuxAnswer { MuxAnswer(bytes: bytes, isClosed: true) }
  }

  let socket: Descriptor
  private let began: ContinuousClock.Instant
  private var bytes: [UInt8] = []
  private var firstByte: Duration?
  private(set) var ending: Ending?

  /// Connects, and sends `request` in one write; an empty one is a client that says nothing.
  init(_ request: [UInt8], at path: String) throws {
    began = .now
    socket = try UnixSocket.connect(to: path)
    guard !request.isEmpty else { return }
    // Who is closed before he has spoken sees it when he reads.
    _ = send(socket.number, request, request.count, Int32(MSG_NOSIGNAL))
  }

  /// Reads what is there.
  func read() {
    var buffer = [UInt8](repeating: 0, count: 64)
    while ending == nil {
      let count = recv(socket.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EAGAIN { return }
      if firstByte == nil { firstByte = .now - began }
      if count > 0 {
        bytes += buffer[..<count]
      } else if let firstByte {
        ending = Ending(bytes: bytes, took: firstByte)
      }
    }
  }
}
