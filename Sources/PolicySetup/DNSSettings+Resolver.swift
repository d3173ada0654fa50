package import DNS
import MailTypes
package import Settings

extension DNSSettings {
  /// Whom the resolver asks, as `[dns]` has it.
  package var resolver: ResolverSettings {
    var settings = ResolverSettings(
      servers: servers.compactMap(\.resolved), timeout: timeout, attempts: attempts, cache: cache)
    for (zone, own) in zones where !own.servers.isEmpty {
      guard let name = DomainName(zone) else { continue }
      settings.zones[name] = own.servers.compactMap(\.resolved)
    }
    return settings
  }
}

extension DNSServer {
  fileprivate var resolved: ServerAddress? {
    IPAddress(address).map { ServerAddress($0, port: port) }
  }
}

extension DNSSettings {
  /// What zones are called in replies and logs, where that has been chosen.
  var shownZones: [DomainName: String] {
    zones.reduce(into: [:]) { shown, zone in
      if let name = DomainName(zone.key), let chosen = zone.value.shownAs { shown[name] = chosen }
    }
  }
}
