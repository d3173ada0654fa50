import Control
import FoundationEssentials

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
    get throws {
      let members = try (auth.map(Self.members) ?? []) + (policy.map(Self.members) ?? [])
      return "{\(members.joined(separator: ", "))}"
    }
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
    let screen = """
      policy        up \(duration(status.uptime)), \(status.connections) connections, \
      \(status.requests) requests
      greylist      \(status.triplets) triplets, \(status.clients) clients; \
      \(status.skipped) requests passed for want of the store
      """
    let counts = status.decisions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let decisions = counts.isEmpty ? [] : ["decisions     \(counts.joined(separator: ", "))"]
    return ([screen] + decisions + lookups(status)).joined(separator: "\n")
  }

  /// Nothing where no list asks the DNS.
  private static func lookups(_ status: PolicyStatus) -> [String] {
    let zones = status.zones.count + status.zonesAside.count
    guard zones > 0 || status.dnsHits + status.dnsMisses > 0 else { return [] }
    let dns = """
      dns           \(status.dnsEntries) answers kept; \(status.dnsHits) questions answered from them, \
      \(status.dnsMisses) asked
      """
    let asked = status.zones.isEmpty ? "none" : status.zones.joined(separator: ", ")
    return [dns] + (zones == 0 ? [] : ["zones         \(asked)"])
      + status.zonesAside.map { "set aside     \($0)" }
  }

  private static func members(_ status: AuthStatus) throws -> [String] {
    try members(status, texts: ["last_reasons": status.lastReasons])
  }

  private static func members(_ status: PolicyStatus) throws -> [String] {
    try members(
      status,
      texts: ["zones": status.zones, "zones_aside": status.zonesAside],
      counts: ["decisions": status.decisions])
  }

  /// Numbers as numbers, lists of texts as arrays, and counts by name as objects.
  private static func members(
    _ status: some StatusReport, texts: [String: [String]], counts: [String: [String: UInt64]] = [:]
  ) throws -> [String] {
    try status.fields.map { name, value in
      if let list = texts[name] { return "\"\(name)\": \(try JSONText.line(list))" }
      if let count = counts[name] { return "\"\(name)\": \(try JSONText.line(count))" }
      return "\"\(name)\": \(value)"
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
