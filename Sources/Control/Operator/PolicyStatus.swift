/// What postern-policy tells of itself, for `postern status`.
package struct PolicyStatus: StatusReport, Equatable, Sendable {
  /// Seconds since the start.
  package var uptime = 0
  /// Connections that are open.
  package var connections = 0
  /// Requests that were answered.
  package var requests: UInt64 = 0
  /// Triplets that the greylist knows.
  package var triplets = 0
  /// Clients that it counts successes of.
  package var clients = 0
  /// Requests that were not greylisted because the store could not be asked.
  package var skipped: UInt64 = 0

  package init() {}

  /// The names on the wire and in `--json`, in the order shown.
  package var fields: [(name: String, value: String)] {
    [
      ("policy_uptime_seconds", "\(uptime)"),
      ("policy_connections", "\(connections)"),
      ("policy_requests", "\(requests)"),
      ("greylist_triplets", "\(triplets)"),
      ("greylist_clients", "\(clients)"),
      ("greylist_skipped", "\(skipped)"),
    ]
  }

  package mutating func take(_ name: Substring, value: Substring) throws(ControlError) {
    switch name {
    case "policy_uptime_seconds": uptime = try number(value)
    case "policy_connections": connections = try number(value)
    case "policy_requests": requests = try number(value)
    case "greylist_triplets": triplets = try number(value)
    case "greylist_clients": clients = try number(value)
    case "greylist_skipped": skipped = try number(value)
    default: break
    }
  }
}
