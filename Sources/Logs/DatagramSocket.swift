import Glibc
import Synchronization
import SystemCalls

/// A log's socket: takes datagrams, or doesn't, but never makes the writer wait.
final class DatagramSocket: Sendable {
  /// What became of a datagram.
  enum Outcome: Equatable {
    case sent
    /// The reader doesn't keep up; the datagram is lost, and counted.
    case dropped
    /// Nobody is there to read; `isNews` when somebody was until now, or this is the first datagram.
    case unreachable(SystemError, isNews: Bool)
  }

  private struct State: ~Copyable {
    var socket: Descriptor?
    var dropped = 0
    var isAway = false
  }

  let path: String
  private let state = Mutex(State())

  init(_ path: String) { self.path = path }

  /// Sends one datagram; a reader that was started again is connected to again.
  func send(_ datagram: [UInt8]) -> Outcome {
    state.withLock { state in
      do throws(SystemError) {
        if state.socket != nil {
          do { return try Self.send(datagram, on: &state) } catch { state.socket = nil }
        }
        state.socket = try UnixSocket.connectDatagram(to: path)
        let outcome = try Self.send(datagram, on: &state)
        state.isAway = false
        return outcome
      } catch {
        defer { state.isAway = true }
        state.socket = nil
        return .unreachable(error, isNews: !state.isAway)
      }
    }
  }

  /// How many were lost since this was last asked.
  func takeDropped() -> Int {
    state.withLock { state in
      defer { state.dropped = 0 }
      return state.dropped
    }
  }

  private static func send(_ datagram: [UInt8], on state: inout State) throws(SystemError) -> Outcome {
    guard let number = state.socket?.number else { preconditionFailure("the socket is connected") }
    do {
      try retrying("send") { Glibc.send(number, datagram, datagram.count, Int32(MSG_NOSIGNAL)) }
      return .sent
    } catch {
      guard error.code == EAGAIN || error.code == ENOBUFS else { throw error }
      state.dropped += 1
      return .dropped
    }
  }
}
