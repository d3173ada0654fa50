/// What postern-auth tells of itself, for `postern status`.
package struct AuthStatus: StatusReport, Equatable, Sendable {
  /// Seconds since the start.
  package var uptime = 0
  package var workersBusy = 0
  package var workersIdle = 0
  /// Places in the pool whose worker is being started.
  package var workersMissing = 0
  /// Workers that ended without being told to, since the start.
  package var workersLost = 0
  /// Connections that are open.
  package var connections = 0
  /// Logins that wait for a worker.
  package var queued = 0
  /// How long the first of them has waited, milliseconds.
  package var oldestWait = 0
  package var accepted: UInt64 = 0
  package var refused: UInt64 = 0
  package var unavailable: UInt64 = 0
  /// Accepted logins that are remembered.
  package var cacheEntries = 0
  /// Logins that were accepted because they are remembered.
  package var cacheHits: UInt64 = 0
  /// The last reasons for refusals and outages, newest first.
  package var lastReasons: [String] = []

  package init() {}

  /// The names on the wire and in `--json`, in the order shown.
  package var fields: [(name: String, value: String)] {
    [
      ("uptime_seconds", "\(uptime)"),
      ("workers_busy", "\(workersBusy)"),
      ("workers_idle", "\(workersIdle)"),
      ("workers_missing", "\(workersMissing)"),
      ("workers_lost", "\(workersLost)"),
      ("connections", "\(connections)"),
      ("queued", "\(queued)"),
      ("oldest_wait_ms", "\(oldestWait)"),
      ("logins_accepted", "\(accepted)"),
      ("logins_refused", "\(refused)"),
      ("logins_unavailable", "\(unavailable)"),
      ("cache_entries", "\(cacheEntries)"),
      ("cache_hits", "\(cacheHits)"),
      ("last_reasons", lastReasons.joined(separator: ",")),
    ]
  }

  package mutating func take(_ name: Substring, value: Substring) throws(ControlError) {
    switch name {
    case "uptime_seconds": uptime = try number(value)
    case "workers_busy": workersBusy = try number(value)
    case "workers_idle": workersIdle = try number(value)
    case "workers_missing": workersMissing = try number(value)
    case "workers_lost": workersLost = try number(value)
    case "connections": connections = try number(value)
    case "queued": queued = try number(value)
    case "oldest_wait_ms": oldestWait = try number(value)
    case "logins_accepted": accepted = try number(value)
    case "logins_refused": refused = try number(value)
    case "logins_unavailable": unavailable = try number(value)
    case "cache_entries": cacheEntries = try number(value)
    case "cache_hits": cacheHits = try number(value)
    case "last_reasons": lastReasons = value.split(separator: ",").map(String.init)
    default: break
    }
  }
}
