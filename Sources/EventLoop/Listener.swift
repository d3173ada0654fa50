import Glibc
package import SystemCalls

/// A listening socket that takes connections in bursts, and rests when the system is out of descriptors.
///
/// A descriptor is kept in reserve. When accepting fails for want of one, the reserve is given up, so that the
/// log or a new worker's socket still finds a number; connections are taken again only when the reserve could
/// be had back. Until then clients wait in the kernel's backlog, and no time is spent on them.
package final class Listener {
  /// How long a rest lasts.
  package static let rest = Duration.milliseconds(100)
  /// At most one report in this time.
  package static let reportInterval = Duration.seconds(10)
  /// Connections taken in one turn, before others get theirs.
  package static let burst = 64

  private let loop: EventLoop
  private let number: Int32
  private var socket: Descriptor?
  private var reserve: Descriptor?
  private var watch: Watch?
  private var isPaused = false
  private var resting: TimerToken?
  private var nextReport: ContinuousClock.Instant
  private var accepted: (consuming Descriptor) -> Void
  private var troubled: (SystemError) -> Void

  /// Begins to accept.
  ///
  /// - Parameters:
  ///   - socket: listening and non-blocking.
  ///   - loop: calls the handlers.
  ///   - accepted: gets each connection, non-blocking, and may read at once what the client has sent.
  ///   - troubled: told why connections aren't taken for now, at most once in `reportInterval`.
  /// - Throws: what epoll says, or that no descriptor is left for the reserve.
  package init(
    _ socket: consuming Descriptor, on loop: EventLoop,
    accepted: @escaping (consuming Descriptor) -> Void, troubled: @escaping (SystemError) -> Void
  ) throws(SystemError) {
    self.loop = loop
    number = socket.number
    self.socket = consume socket
    nextReport = loop.now
    self.accepted = accepted
    self.troubled = troubled
    reserve = try Self.takeReserve(number)
    watch = try loop.watch(number, for: .readable) { [unowned self] _ in acceptBurst() }
  }

  deinit { close() }

  /// Takes no more connections until `resume`: the owner has as many as it wants.
  package func pause() {
    isPaused = true
    updateWatch()
  }

  /// Takes connections again, those first that waited.
  package func resume() {
    isPaused = false
    updateWatch()
  }

  /// Stops listening for good.
  package func close() {
    watch?.cancel()
    watch = nil
    if let resting { loop.cancel(resting) }
    resting = nil
    reserve = nil
    socket = nil
  }

  private var isAccepting: Bool { watch != nil && !isPaused && resting == nil }

  private func acceptBurst() {
    for _ in 0..<Self.burst {
      guard isAccepting else { return }
      do {
        guard let connection = try acceptOne() else { return }
        accepted(connection)
      } catch {
        switch error.code {
        case EAGAIN: return
        case ECONNABORTED, EPROTO: continue
        default: return startRest(because: error)
        }
      }
    }
  }

  private func acceptOne() throws(SystemError) -> Descriptor? {
    switch socket {
    case .some(let socket): try UnixSocket.accept(from: socket)
    case .none: nil
    }
  }

  private func startRest(because error: SystemError) {
    reserve = nil
    resting = loop.schedule(after: Self.rest) { [unowned self] in endRest() }
    updateWatch()
    guard loop.now >= nextReport else { return }
    nextReport = loop.now + Self.reportInterval
    troubled(error)
  }

  private func endRest() {
    resting = nil
    do {
      reserve = try Self.takeReserve(number)
      updateWatch()
    } catch {
      startRest(because: error)
    }
  }

  private func updateWatch() {
    do {
      try watch?.modify(isAccepting ? .readable : [])
    } catch {
      startRest(because: error)
    }
  }

  /// A second number for the socket: like any other it counts against the limit, and needs no file system.
  private static func takeReserve(_ number: Int32) throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("fcntl F_DUPFD_CLOEXEC") { fcntl(number, F_DUPFD_CLOEXEC, 0) })
  }
}
