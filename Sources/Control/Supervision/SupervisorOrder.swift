/// What the supervisor tells a service over its control socket; one message of a SEQPACKET pair each.
package enum SupervisorOrder: Equatable, Sendable {
  /// A listening socket comes with this message.
  case listener(ListenerKind)
  /// The service's end of a new worker's socket comes with this message; `rights` are the bits that the worker
  /// was started with.
  case worker(slot: Int, incarnation: UInt32, rights: UInt8)
  /// Give this worker nothing more and let it end: it goes by settings that are about to be replaced.
  case retire(slot: Int, incarnation: UInt32)
  /// Read the configuration again, and say whether it can be taken.
  case reload
  /// Go by what `reload` has read. Whoever was started with other settings has been retired before this; workers
  /// passed after it are started with the new ones.
  case adopt
  /// A reload is over, and so are the first `asked` of the requests for one that this service has reported: those
  /// that had come before it began. `inForce`: whether its settings are.
  case reloadEnded(inForce: Bool, asked: UInt32)
  /// Answer what is under way and leave.
  case stop

  /// Who connects to a listening socket.
  package enum ListenerKind: Equatable, Sendable {
    /// Those whose logins are checked.
    case logins
    /// The operator, for questions.
    case operators
    /// Postfix, for the policy service's listener with this mark: whichever place it has in the configuration by then.
    case policy(mark: UInt32)

    /// A byte for who it is and four for the mark.
    fileprivate var encoded: [UInt8] {
      switch self {
      case .logins: [0x4C, 0, 0, 0, 0]
      case .operators: [0x4F, 0, 0, 0, 0]
      case .policy(let mark): [0x50] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: mark >> UInt32($0)) }
      }
    }

    fileprivate init?(_ body: ArraySlice<UInt8>) {
      let mark = body.dropFirst().reduce(0) { $0 << 8 | UInt32($1) }
      switch (body.first, mark) {
      case (0x4C, 0): self = .logins
      case (0x4F, 0): self = .operators
      case (0x50, _): self = .policy(mark: mark)
      default: return nil
      }
    }
  }

  /// The longest of these messages, bytes.
  package static let longest = 8

  private static let inForce: UInt8 = 0x59
  private static let refused: UInt8 = 0x4E

  /// One message: a byte for the kind, a version, then the kind's own bytes.
  package var encoded: [UInt8] {
    switch self {
    case .listener(let kind): [0x21, ControlVersion.current] + kind.encoded
    case .worker(let slot, let incarnation, let rights):
      [0x22, ControlVersion.current] + WorkerPlace(slot: slot, incarnation: incarnation).encoded + [rights]
    case .retire(let slot, let incarnation):
      [0x26, ControlVersion.current] + WorkerPlace(slot: slot, incarnation: incarnation).encoded
    case .reload: [0x23, ControlVersion.current]
    case .stop: [0x24, ControlVersion.current]
    case .adopt: [0x25, ControlVersion.current]
    case .reloadEnded(let inForce, let asked):
      [0x27, ControlVersion.current, inForce ? Self.inForce : Self.refused] + BigEndian.bytes(asked)
    }
  }

  /// Reads one whole message.
  ///
  /// - Throws: `ControlError` for anything that isn't exactly one order.
  package init(_ message: [UInt8]) throws(ControlError) {
    let body = try ControlVersion.body(of: message)
    switch (message[0], body.count) {
    case (0x21, 5):
      guard let kind = ListenerKind(body) else { throw .malformed }
      self = .listener(kind)
    case (0x22, WorkerPlace.size + 1):
      let place = WorkerPlace(body.dropLast())
      self = .worker(slot: place.slot, incarnation: place.incarnation, rights: body[body.endIndex - 1])
    case (0x26, WorkerPlace.size):
      let place = WorkerPlace(body)
      self = .retire(slot: place.slot, incarnation: place.incarnation)
    case (0x23, 0): self = .reload
    case (0x24, 0): self = .stop
    case (0x25, 0): self = .adopt
    case (0x27, 5):
      let asked = BigEndian.number(body.dropFirst())
      switch body.first {
      case Self.inForce: self = .reloadEnded(inForce: true, asked: asked)
      case Self.refused: self = .reloadEnded(inForce: false, asked: asked)
      default: throw .malformed
      }
    default: throw .malformed
    }
  }
}
