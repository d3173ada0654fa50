import ArgumentParser
import MailTypes
import Policy

/// What lists in the DNS are asked about.
enum ListingSubject: Equatable, CustomStringConvertible {
  case address(IPAddress)
  case domain(DomainName)

  /// Nil for what is neither an address nor a name.
  init?(_ text: String) {
    if let address = IPAddress(text) {
      self = .address(address.unmapped)
    } else if let name = DomainName(text), !name.isRoot {
      self = .domain(name)
    } else {
      return nil
    }
  }

  var isAddress: Bool { if case .address = self { true } else { false } }

  /// The name under which a zone has it; nil when the zone isn't asked about such.
  func name(in zone: ConsultedZone) -> DomainName? {
    switch self {
    case .address(let address):
      zone.forAddresses ? DomainName(reversed: address).within(zone.name) : nil
    case .domain(let name): zone.forDomains ? name.within(zone.name) : nil
    }
  }

  var description: String {
    switch self {
    case .address(let address): address.description
    case .domain(let name): name.description
    }
  }

  /// This host's own, as far as anybody else can see them.
  static func own(_ addresses: [String]) -> [ListingSubject] {
    let unseen = [
      "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
      "192.168.0.0/16", "::1", "fc00::/7", "fe80::/10",
    ].compactMap { try? IPNetwork(Array($0.utf8)[...]) }
    var subjects: [ListingSubject] = []
    for case .address(let address)? in addresses.map({ ListingSubject($0) })
    where !unseen.contains(where: { $0.contains(address) }) {
      if !subjects.contains(.address(address)) { subjects.append(.address(address)) }
    }
    return subjects
  }
}
