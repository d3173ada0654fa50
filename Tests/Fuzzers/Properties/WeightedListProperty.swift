import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are the sites of a weighted list, a line an item: faults name items, and what is read is written and
  /// read again as the same, but for a zone's key.
  package static let weightedList = DecoderProperty("WeightedList") { bytes in
    let items = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(
      \.repairedText)
    let reading = WeightedList.read("fuzz", sites: items, threshold: 1)
    if let fault = reading.faults.first(where: { !(0...items.count).contains($0.item) || "\($0)".isEmpty }) {
      return "\(fault) names an item that isn't there"
    }
    let written = reading.list.sites.map { "\($0)" }
    let again = WeightedList.read("fuzz", sites: written, threshold: 1)
    if written.isEmpty { return nil }
    guard again.faults.isEmpty, again.list.sites.map({ "\($0)" }) == written else {
      return "\(written) is read as \(again)"
    }
    let isHidden = reading.list.sites.contains { $0.zone.hidesName }
    return isHidden || zip(again.list.sites, reading.list.sites).allSatisfy { $0.zone.name == $1.zone.name }
      ? nil : "\(written) asks other zones"
  }
}
