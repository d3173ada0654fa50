import Glibc
import SystemCalls

/// One connection: what it waits for, since when.
final class PolicyClient {
  private let socket: Descriptor
  private var room = [UInt8](repeating: 0, count: 1024)
  private var received = 0
  private(set) var began = ContinuousClock.now
  var isWaiting = false

  var number: Int32 { socket.number }

  init(_ socket: consuming Descriptor) { self.socket = socket }

  /// Sends the next request of `series`.
  func ask(_ series: inout RequestSeries, now: ContinuousClock.Instant) {
    began = now
    isWaiting = true
    received = 0
    let number = number
    // A request fits an empty socket's buffer; a service that has closed already shows at the next read.
    _ = series.withNext { send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// What `read` found.
  enum Reading {
    case answer(PolicyAnswer)
    case nothing
    case closed
  }

  /// Reads what has come.
  func read() -> Reading {
    let number = number
    let start = received
    let count = room.withUnsafeMutableBytes { room in
      recv(number, room.baseAddress.map { $0 + start }, room.count - start, 0)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? .nothing : .closed }
    if count == 0 { return .closed }
    received += count
    guard received >= 2, room[received - 1] == UInt8(ascii: "\n"), room[received - 2] == UInt8(ascii: "\n")
    else {
      return received == room.count ? .closed : .nothing
    }
    isWaiting = false
    return .answer(PolicyAnswer(room[..<received]))
  }
}
