import MailTypes
package import Settings

extension ResolverSettings {
  /// What `[dns]` says.
  package init(_ settings: DNSSettings) {
    self.init(
      servers: Self.addresses(settings.servers), timeout: settings.timeout, attempts: settings.attempts,
      cache: settings.cache)
    for (zone, own) in settings.zones where !own.servers.isEmpty {
      guard let name = DomainName(zone) else { continue }
      zones[name] = Self.addresses(own.servers)
    }
  }

  private static func addresses(_ servers: [DNSServer]) -> [ServerAddress] {
    servers.compactMap { ServerAddress($0) }
  }
}
