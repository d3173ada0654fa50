import CLinux
import Glibc
import SystemCalls

/// Rings the loop from another thread; rings before the loop listens become one.
package final class WakeUp: Sendable {
  private let descriptor: Descriptor

  init() throws(SystemError) {
    descriptor = Descriptor(
      owning: try retrying("eventfd") { eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) })
  }

  var number: Int32 { descriptor.number }

  /// Makes the loop run `onWakeUp`; from any thread.
  package func ring() {
    // Can only fail with EAGAIN, when the counter is full: then the loop has been rung already.
    _ = eventfd_write(descriptor.number, 1)
  }

  func reset() {
    var count: eventfd_t = 0
    _ = eventfd_read(descriptor.number, &count)
  }
}
