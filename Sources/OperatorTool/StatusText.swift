import Control

/// How `postern status` looks: for people, and as JSON for programs.
struct StatusText {
  /// Nil for a service that isn't there.
  let auth: AuthStatus?
  let policy: PolicyStatus?

  /// A line a topic.
  var screen: String {
    [auth.map(Self.screen), policy.map(Self.screen)].compactMap(\.self).joined(separator: "\n")
  }

  /// One object; names as on the control sockets, numbers as numbers.
  var json: String {
    let members =
      (auth.map(Self.members) ?? []) + (policy?.fields.map { "\"\($0.name)\": \($0.value)" } ?? [])
    return "{\(members.joined(separator: ", "))}"
  }

  private static func screen(_ status: AuthStatus) -> String {
    let reasons = status.lastReasons.isEmpty ? "none" : status.lastReasons.joined(separator: ", ")
    let wait = status.queued == 0 ? "" : ", the first for \(status.oldestWait) ms"
    return """
      up            \(duration(status.uptime))
      workers       \(status.workersBusy) busy, \(status.workersIdle) idle, \
      \(status.workersMissing) missing; \(status.workersLost) lost since the start
      connections   \(status.connections)
      queue         \(status.queued) waiting\(wait)
      logins        \(status.accepted) accepted, \(status.refused) refused, \
      \(status.unavailable) unavailable
      remembered    \(status.cacheEntries) logins, asked for \(status.cacheHits) times
      last reasons  \(reasons)
      """
  }

  private static func screen(_ status: PolicyStatus) -> String {
    """
    policy        up \(duration(status.uptime)), \(status.connections) connections, \
    \(status.requests) requests
    greylist      \(status.triplets) triplets, \(status.clients) clients; \
    \(status.skipped) requests passed for want of the store
    """
  }

  private static func members(_ status: AuthStatus) -> [String] {
    status.fields.map { field in
      field.name == "last_reasons"
        ? "\"last_reasons\": [\(status.lastReasons.map { "\"\($0)\"" }.joined(separator: ", "))]"
        : "\"\(field.name)\": \(field.value)"
    }
  }

  private static func duration(_ seconds: Int) -> String {
    let units = [("d", 86400), ("h", 3600), ("m", 60), ("s", 1)]
    var rest = seconds
    let parts = units.compactMap { unit, length -> String? in
      let count = rest / length
      rest %= length
      return count > 0 ? "\(count)\(unit)" : nil
    }
    return parts.isEmpty ? "0s" : parts.prefix(2).joined(separator: " ")
  }
}
