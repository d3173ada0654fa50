import EventLoop
import SystemCalls

/// The sockets that c-ares opens and closes, as the loop watches them.
final class SocketWatches {
  private let loop: EventLoop
  private var watches: [Int32: Watch] = [:]
  /// Called in the loop for a socket that is ready.
  var ready: (Int32, Readiness) -> Void = { _, _ in }

  init(loop: EventLoop) { self.loop = loop }

  /// Waits for something else from now on; for nothing when c-ares is about to close the socket.
  func wait(_ number: Int32, for interest: Interest) {
    if interest.isEmpty {
      watches.removeValue(forKey: number)?.cancel()
      return
    }
    do throws(SystemError) {
      if let watch = watches[number] {
        try watch.modify(interest)
      } else {
        watches[number] = try loop.watch(number, for: interest) { [unowned self] readiness in
          ready(number, readiness)
        }
      }
    } catch {
      // Out of memory for epoll: nothing is read, and the questions run into their timeouts.
      watches.removeValue(forKey: number)?.cancel()
    }
  }
}
