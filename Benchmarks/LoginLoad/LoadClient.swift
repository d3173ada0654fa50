import Glibc
import SaslauthdProtocol

/// One client: what it waits for, since when.
struct LoadClient {
  /// Negative while there is no connection.
  private(set) var socket: Int32 = -1
  private(set) var began: ContinuousClock.Instant
  private var answer: [UInt8] = []

  /// - Parameter began: the time at which it wants its first login.
  init(began: ContinuousClock.Instant) { self.began = began }

  var isConnected: Bool { socket >= 0 }

  /// Asks over a new connection; the time counts from `began`, which may be before the daemon had room.
  mutating func ask(_ request: UnsafeRawBufferPointer, over socket: Int32) {
    self.socket = socket
    answer.removeAll(keepingCapacity: true)
    // A request fits an empty socket's buffer; a daemon that has closed already shows at the next read.
    _ = send(socket, request.baseAddress, request.count, Int32(MSG_NOSIGNAL))
  }

  /// Reads what has come, and says how the login ended if it did.
  mutating func read() -> LoadTally.Ending? {
    let count = withUnsafeTemporaryAllocation(byteCount: LoginReply.longestText + 2, alignment: 1) { room in
      let count = recv(socket, room.baseAddress, room.count, 0)
      if count > 0 { answer += room[..<count] }
      return count
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? nil : .closed }
    if count == 0 { return .closed }
    switch LoginReply.read(answer.span) {
    case .whole(accepted: true, _): return .accepted
    case .whole(accepted: false, _): return .refused
    case .malformed: return .malformed
    case .incomplete: return nil
    }
  }

  /// Drops the connection; the next login counts from `now`.
  mutating func leave(now: ContinuousClock.Instant) {
    if isConnected { close(socket) }
    socket = -1
    began = now
  }
}
