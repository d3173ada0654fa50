/// What a service tells the supervisor over its control socket.
package enum ServiceReport: Equatable, Sendable {
  /// Serving.
  case ready
  /// End this worker; ignored when the slot has another incarnation by now.
  case kill(slot: Int, incarnation: UInt32)
  /// The new configuration has been read; it waits for the order to adopt it.
  case reloaded
  /// The new configuration could not be taken; the old one stays.
  case reloadRefused
  /// The operator wants the configuration read again, as SIGHUP does.
  case reloadAsked
  /// The operator wants everything stopped, as SIGTERM does.
  case stopAsked

  /// The longest of these messages, bytes.
  package static let longest = 7

  /// One message: a byte for the kind, a version, then the kind's own bytes.
  package var encoded: [UInt8] {
    switch self {
    case .ready: [0x81, ControlVersion.current]
    case .kill(let slot, let incarnation):
      [0x82, ControlVersion.current] + WorkerPlace(slot: slot, incarnation: incarnation).encoded
    case .reloaded: [0x83, ControlVersion.current]
    case .reloadRefused: [0x84, ControlVersion.current]
    case .reloadAsked: [0x85, ControlVersion.current]
    case .stopAsked: [0x86, ControlVersion.current]
    }
  }

  /// Reads one whole message.
  ///
  /// - Throws: `ControlError` for anything that isn't exactly one report.
  package init(_ message: [UInt8]) throws(ControlError) {
    let body = try ControlVersion.body(of: message)
    switch (message[0], body.count) {
    case (0x81, 0): self = .ready
    case (0x82, WorkerPlace.size):
      let place = WorkerPlace(body)
      self = .kill(slot: place.slot, incarnation: place.incarnation)
    case (0x83, 0): self = .reloaded
    case (0x84, 0): self = .reloadRefused
    case (0x85, 0): self = .reloadAsked
    case (0x86, 0): self = .stopAsked
    default: throw .malformed
    }
  }
}
