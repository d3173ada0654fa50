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

  /// Decisions by lists since the start, by the word of their action.
  package var decisions: [String: UInt64] = [:]
  /// Lists in the DNS that restrictions ask and that are believed.
  package var zones: [String] = []
  /// Those that are set aside, `NAME: why` each.
  package var zonesAside: [String] = []
  /// Answers of the DNS that are kept.
  package var dnsEntries = 0
  /// Questions that kept answers have answered, and those that had to be asked.
  package var dnsHits: UInt64 = 0
  package var dnsMisses: UInt64 = 0

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
      ("decisions", Self.text(decisions)),
      ("dns_entries", "\(dnsEntries)"),
      ("dns_hits", "\(dnsHits)"),
      ("dns_misses", "\(dnsMisses)"),
      ("zones", Self.words(zones)),
      ("zones_aside", Self.words(zonesAside)),
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
    case "decisions": decisions = try counts(value)
    case "dns_entries": dnsEntries = try number(value)
    case "dns_hits": dnsHits = try number(value)
    case "dns_misses": dnsMisses = try number(value)
    case "zones": zones = try Self.texts(value)
    case "zones_aside": zonesAside = try Self.texts(value)
    default: break
    }
  }

  private static func text(_ counts: [String: UInt64]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }

  private func counts(_ words: Substring) throws(ControlError) -> [String: UInt64] {
    var counts: [String: UInt64] = [:]
    for word in words.split(separator: ",") {
      let parts = word.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw .malformed }
      counts[String(parts[0])] = try number(parts[1])
    }
    return counts
  }

  /// Texts as words that are separated by commas.
  private static func words(_ texts: [String]) -> String {
    texts.map { PercentText.encode(Array($0.utf8)) }.joined(separator: ",")
  }

  private static func texts(_ words: Substring) throws(ControlError) -> [String] {
    var texts: [String] = []
    for word in words.split(separator: ",") {
      guard let bytes = PercentText.decode(word) else { throw .malformed }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }
}
