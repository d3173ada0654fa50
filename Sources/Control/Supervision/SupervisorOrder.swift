/// What the supervisor tells a service over its control socket; one message of a SEQPACKET pair each.
package enum SupervisorOrder: Equatable, Sendable {
  /// A listening socket comes with this message.
  case listener(ListenerKind)
  /// The service's end of a new worker's socket comes with this message.
  case worker(slot: Int, incarnation: UInt32)
  /// Read the configuration again, and say whether it can be taken.
  case reload
  /// Go by what `reload` has read. Workers passed before this were started with the old settings, those passed
  /// after it are started with the new ones.
  case adopt
  /// Answer what is under way and leave.
  case stop

  /// Who connects to a listening socket.
  package enum ListenerKind: UInt8, CaseIterable, Sendable {
    /// Those whose logins are checked.
    case logins = 0x4C
    /// The operator, for questions.
    case operators = 0x4F
  }

  /// The longest of these messages, bytes.
  package static let longest = 7

  /// One message: a byte for the kind, a version, then the kind's own bytes.
  package var encoded: [UInt8] {
    switch self {
    case .listener(let kind): [0x21, ControlVersion.current, kind.rawValue]
    case .worker(let slot, let incarnation):
      [0x22, ControlVersion.current] + WorkerPlace(slot: slot, incarnation: incarnation).encoded
    case .reload: [0x23, ControlVersion.current]
    case .stop: [0x24, ControlVersion.current]
    case .adopt: [0x25, ControlVersion.current]
    }
  }

  /// Reads one whole message.
  ///
  /// - Throws: `ControlError` for anything that isn't exactly one order.
  package init(_ message: [UInt8]) throws(ControlError) {
    let body = try ControlVersion.body(of: message)
    switch (message[0], body.count) {
    case (0x21, 1):
      guard let kind = body.first.flatMap(ListenerKind.init(rawValue:)) else { throw .malformed }
      self = .listener(kind)
    case (0x22, WorkerPlace.size):
      let place = WorkerPlace(body)
      self = .worker(slot: place.slot, incarnation: place.incarnation)
    case (0x23, 0): self = .reload
    case (0x24, 0): self = .stop
    case (0x25, 0): self = .adopt
    default: throw .malformed
    }
  }
}
