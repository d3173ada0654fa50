/// The number of one login, unique while the process lives; `id=` in the log.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
  package let number: UInt64

  package init(_ number: UInt64) { self.number = number }

  /// Hexadecimal, as the log shows it.
  package var description: String { String(number, radix: 16) }
}

/// One worker process: its place in the pool, and how many have held that place before it.
///
/// The supervisor is asked to end a worker by these two, never by a pid.
package struct WorkerID: Hashable, Sendable, CustomStringConvertible {
  package let slot: Int
  package let incarnation: UInt32

  package init(slot: Int, incarnation: UInt32) {
    self.slot = slot
    self.incarnation = incarnation
  }

  package var description: String { "\(slot).\(incarnation)" }
}
