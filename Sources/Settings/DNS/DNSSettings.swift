/// `[dns]`: whom the policy service asks about names and addresses, and how long it waits.
package struct DNSSettings: Equatable, Sendable {
  /// Asked in this order; none: those of resolv.conf.
  package var servers: [DNSServer] = []
  /// How long one server has for an answer.
  package var timeout: Duration = .seconds(2)
  /// How often a question is put to each server.
  package var attempts = 2
  /// From the arrival of a request on: what hasn't come by then is taken for unanswered.
  package var budget: Duration = .seconds(5)
  /// How many answers are kept at most; 0: none.
  package var cache = 100_000
  /// `[dns.zone."NAME"]`, by names in small letters and without the dot at their end.
  package var zones: [String: DNSZoneSettings] = [:]

  /// Which lists in the DNS are known to be asked in vain; `postern check` reads it.
  package static let knownZonesFile = "/etc/postern/dnsbl-zones"

  package init() {}
}

/// `[dns.zone."NAME"]`: what is different for a zone and the names below it.
package struct DNSZoneSettings: Equatable, Sendable {
  /// Asked instead of those of `[dns]`; none: those.
  package var servers: [DNSServer] = []
  /// Whether RFC 5782's test entries are asked for, to notice a list that is dead or lists the world.
  package var probe = true
  /// What replies and logs call the zone, for one whose name is a secret; nil: by its name.
  package var shownAs: String?

  package init() {}
}
