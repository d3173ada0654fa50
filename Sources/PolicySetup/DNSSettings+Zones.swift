import MailTypes
import Settings

extension DNSSettings {
  /// What zones are called in replies and logs, where that has been chosen.
  var shownZones: [DomainName: String] {
    zones.reduce(into: [:]) { shown, zone in
      if let name = DomainName(zone.key), let chosen = zone.value.shownAs { shown[name] = chosen }
    }
  }
}
