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
    resolver = try NetworkResolver(settings.resolver, loop: loop)
    budget = settings.budget
    let unprobed = settings.zones.filter { !$0.value.probe }.keys.compactMap { DomainName($0) }
    zones = ZoneWatch(
      setup.policy.zones, unprobed: Set(unprobed), resolver: resolver, loop: loop, log: log)
  }

  /// What `postern status` shows of them.
  func describe(in status: inout PolicyStatus) {
    status.dnsEntries = resolver.entries
    status.dnsHits = resolver.statistics.hits
    status.dnsMisses = resolver.statistics.misses
    let aside = zones.aside
    status.zones = zones.names.filter { aside[$0] == nil }.map(\.shown).sorted()
    status.zonesAside = aside.map { "\($0.key.shown): \($0.value)" }.sorted()
  }
}
