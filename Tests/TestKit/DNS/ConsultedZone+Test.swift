import MailTypes
package import Policy
import Testing

extension ConsultedZone {
  /// The list that a restriction such as `reject_rbl_client bl.example` asks.
  package static func asked(by restriction: String, shownAs shown: String? = nil) throws -> ConsultedZone {
    let zone = try #require(restriction.split(separator: " ").last.flatMap { ListedZone(String($0))?.name })
    let reading = RestrictionLists.read(
      policies: [(name: ListName("recipient"), items: [restriction])], named: [],
      shownZones: shown.map { [zone: $0] } ?? [:])
    try #require(reading.faults == [])
    return try #require(MailPolicy(lists: reading.lists).zones(with: TableSet()).first)
  }
}
