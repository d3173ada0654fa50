package import SystemCalls

/// A descriptor that a loop watches, until `cancel`.
///
/// The loop keeps the handler, and all that it holds, until then. Cancel before the descriptor is closed.
package struct Watch {
  fileprivate let loop: EventLoop
  fileprivate let key: SlotTable<EventLoop.Registration>.Key

  init(loop: EventLoop, key: SlotTable<EventLoop.Registration>.Key) {
    self.loop = loop
    self.key = key
  }

  /// Waits for something else from now on; for nothing at all, not even a hang-up, with `[]`.
  package func modify(_ interest: Interest) throws(SystemError) {
    try loop.modify(key, to: interest)
  }

  /// Ends it: the handler is not called again, even for an event that has already come.
  package func cancel() { loop.cancel(key) }
}
