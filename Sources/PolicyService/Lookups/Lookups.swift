import Control
import DNS
import EventLoop
import MailTypes
import Policy
import PolicySetup
import Settings

/// How the lists' questions to the DNS are answered: the resolver, and what is known of the zones.
struct Lookups {
  let resolver: NetworkResolver
  let zones: ZoneWatch
  /// All lookups of one request together may take so long.
  let budget: Duration

  /// Begins with the probes of the zones.
  ///
  /// - Returns: nil where no list asks the DNS.
  /// - Throws: what keeps the resolver from asking at all.
  init?(
    _ setup: PolicySetup, _ settings: DNSSettings, loop: EventLoop, log: @escaping (PolicyNotice) -> Void
  ) throws(ResolverError) {
    guard setup.policy.asksDNS else { return nil }
    resolver = try NetworkResolver(ResolverSettings(settings), loop: loop)
    budget = settings.budget
    let unprobed = settings.zones.filter { !$0.value.probe }.keys.compactMap { DomainName($0) }
    zones = ZoneWatch(
      setup.policy.zones(with: setup.tables), unprobed: Set(unprobed), resolver: resolver, loop: loop,
      log: log)
  }

  /// What `postern status` shows of them.
  func describe(in status: inout PolicyStatus) {
    status.dnsEntries = resolver.cached
    status.dnsHits = resolver.statistics.hits
    status.dnsMisses = resolver.statistics.misses
    let states = zones.states.sorted { $0.shown < $1.shown }
    status.zones = states.filter { $0.trouble == nil }.map(\.shown)
    status.zonesAside = states.compactMap { zone in zone.trouble.map { "\(zone.shown): \($0)" } }
  }
}
