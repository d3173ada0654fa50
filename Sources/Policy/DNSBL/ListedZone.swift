package import MailTypes

/// A list in the DNS as a restriction names it: its zone, and which of its answers count.
///
/// A zone's name may hold the key that its operator has given to this host alone: clients, logs and traces are shown
/// a name without it.
///
/// An object, since every step of a trace holds one: to copy it costs one reference and not five.
package final class ListedZone: Hashable, Sendable, CustomStringConvertible {
  package let filter: ZoneFilter
  package let name: DomainName
  /// As it is written in the list, filter and key included: for lookups in `rbl_reply_maps` only.
  let written: String
  /// The zone's name for people.
  package let shown: String

  /// Reads `zone` or `zone=filter`; nil when the zone is no domain name or the filter isn't one.
  ///
  /// - Parameters:
  ///   - text: as a list has it.
  ///   - shownAs: the names that somebody has chosen for zones.
  package init?(_ text: String, shownAs: [DomainName: String] = [:]) {
    guard let filter = ZoneFilter(text), let name = DomainName(filter.zone) else { return nil }
    self.filter = filter
    self.name = name
    written = text
    shown = shownAs[name] ?? Self.withoutKey(filter.zone)
  }

  package static func == (one: ListedZone, other: ListedZone) -> Bool {
    one === other || (one.written == other.written && one.shown == other.shown)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(written) }

  /// With its filter.
  package var description: String { shown + written.dropFirst(filter.zone.count) }

  /// Whether the name that is shown isn't the one that is asked.
  package var hidesName: Bool { shown != filter.zone }

  /// Keys are that long and made of letters and digits alone, and no operator's own labels are.
  private static let shortestKey = 20

  private static func withoutKey(_ zone: String) -> String {
    String(decoding: rest(of: Array(zone.utf8)[...]), as: UTF8.self)
  }

  /// A text in which zones may be named, such as a table's row, with their names as they are shown.
  static func withoutKeys(_ text: String) -> String {
    let bytes = Array(text.utf8)
    // Nearly all texts are too short for one.
    guard bytes.count > shortestKey else { return text }
    var shown: [UInt8] = []
    for word in bytes.split(omittingEmptySubsequences: false, whereSeparator: isBorder) {
      shown += rest(of: word)
      if word.endIndex < bytes.count { shown.append(bytes[word.endIndex]) }
    }
    return String(decoding: shown, as: UTF8.self)
  }

  /// What stands between the words of a text.
  private static func isBorder(_ byte: UInt8) -> Bool {
    ListWords.isBlank(byte)
      || [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "=")].contains(byte)
  }

  /// A name without the keys at its front.
  private static func rest(of name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = name
    while true {
      let label = rest.prefix { $0 != UInt8(ascii: ".") }
      let isKey =
        label.count >= shortestKey && label.count + 1 < rest.count
        && label.allSatisfy { $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
      if !isKey { return rest }
      rest = rest.dropFirst(label.count + 1)
    }
  }
}
