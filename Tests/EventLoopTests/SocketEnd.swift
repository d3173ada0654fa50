import Glibc
import SystemCalls

/// One end of a connected pair of sockets that don't block, as a test plays it.
final class SocketEnd {
  private var descriptor: Descriptor?
  let number: Int32

  private init(_ number: Int32) {
    self.number = number
    descriptor = Descriptor(owning: number)
  }

  /// Both ends; `room` is about how many bytes may wait in the kernel for a reader.
  static func pair(
    _ kind: __socket_type = SOCK_STREAM, room: Int32? = nil
  ) -> (SocketEnd, SocketEnd) {
    var ends: [Int32] = [-1, -1]
    let type = Int32(kind.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    precondition(socketpair(AF_UNIX, type, 0, &ends) == 0)
    if var room {
      for end in ends { setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, socklen_t(MemoryLayout<Int32>.size)) }
    }
    return (SocketEnd(ends[0]), SocketEnd(ends[1]))
  }

  /// Gives the descriptor to what is under test.
  func give() -> Descriptor {
    guard let given = descriptor.take() else { preconditionFailure("given away before") }
    return given
  }

  func close() { descriptor = nil }

  func endOutput() { shutdown(number, Int32(SHUT_WR)) }

  /// Writes as much as the socket takes; says how much that was.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      sent += count
    }
    return sent
  }

  @discardableResult
  func write(_ text: String) -> Int { write(Array(text.utf8)) }

  /// What waits to be read, at most `limit` bytes; nil when the other side has closed.
  func read(upTo limit: Int = 1 << 16) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: limit)
    let count = recv(number, &buffer, limit, 0)
    if count == 0 || (count < 0 && errno != EAGAIN) { return nil }
    return Array(buffer.prefix(max(count, 0)))
  }
}

/// The processor time that this thread has taken.
func threadTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// Runs `body` on a thread of its own.
func onThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let started = pthread_create(
    &thread, nil,
    { box in
      if let box { Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  precondition(started == 0)
  pthread_detach(thread)
}
