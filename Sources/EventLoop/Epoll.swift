import CLinux
import Glibc
import SystemCalls

/// The kernel's side of the loop: what is watched, and the events of one wait.
///
/// Errors that only a mistake of ours can cause (a descriptor closed before its watch was cancelled) trap.
struct Epoll: ~Copyable {
  /// How many events one wait can bring; what is left comes with the next.
  private static let batch = 256

  private let descriptor: Descriptor
  private let events: UnsafeMutablePointer<epoll_event>

  init() throws(SystemError) {
    descriptor = Descriptor(
      owning: try retrying("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
    events = .allocate(capacity: Self.batch)
  }

  deinit { events.deallocate() }

  func add(_ number: Int32, for interest: Interest, key: UInt64) throws(SystemError) {
    if control(EPOLL_CTL_ADD, number, interest, key) != 0 { throw SystemError("epoll_ctl") }
  }

  func change(_ number: Int32, to interest: Interest, key: UInt64) throws(SystemError) {
    if control(EPOLL_CTL_MOD, number, interest, key) == 0 { return }
    let error = SystemError("epoll_ctl")
    precondition(error.code == ENOMEM, "descriptor \(number) was closed before its watch was cancelled")
    throw error
  }

  func remove(_ number: Int32) {
    let result = control(EPOLL_CTL_DEL, number, [], 0)
    precondition(result == 0, "descriptor \(number) was closed before its watch was cancelled")
  }

  /// How many events came within `milliseconds` (-1: wait for the first); none when a signal interrupted.
  func wait(milliseconds: Int32) throws(SystemError) -> Int {
    let count = epoll_wait(descriptor.number, events, Int32(Self.batch), milliseconds)
    if count >= 0 { return Int(count) }
    let error = SystemError("epoll_wait")
    if error.code == EINTR { return 0 }
    throw error
  }

  /// One event of the last wait; `index` is below the count that it gave.
  func event(at index: Int) -> (key: UInt64, readiness: Readiness) {
    let event = events[index]
    return (event.data.u64, Readiness(rawValue: event.events))
  }

  private func control(_ operation: Int32, _ number: Int32, _ interest: Interest, _ key: UInt64) -> Int32 {
    var event = epoll_event()
    event.events = interest.rawValue
    event.data.u64 = key
    return epoll_ctl(descriptor.number, operation, number, &event)
  }
}
