import MailTypes

/// `zone=d.d.d.d`: which answers of a DNS list count; each `d` a number or `[n;n..m]`.
package struct ZoneFilter: Hashable, Sendable {
  package let zone: String
  /// Four sets of ranges; nil when every answer counts.
  package let octets: [[ClosedRange<UInt8>]]?

  /// Nil when the zone is no domain name or the filter isn't one.
  package init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let zone = parts.first, HostSyntax.isHostname(Array(zone.utf8)[...]) else { return nil }
    self.zone = String(zone)
    guard parts.count == 2 else {
      octets = nil
      return
    }
    guard let octets = Self.octets(Array(parts[1].utf8)) else { return nil }
    self.octets = octets
  }

  /// Whether an answer counts.
  func matches(_ address: IPAddress) -> Bool {
    guard case .v4(let bits) = address else { return false }
    guard let octets else { return true }
    return zip(octets, [24, 16, 8, 0] as [UInt32]).allSatisfy { ranges, shift in
      let octet = UInt8(truncatingIfNeeded: bits >> shift)
      return ranges.contains { $0.contains(octet) }
    }
  }

  private static func octets(_ text: [UInt8]) -> [[ClosedRange<UInt8>]]? {
    var fields: [[UInt8]] = [[]]
    var isInBrackets = false
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "["):
        guard !isInBrackets, fields.last?.isEmpty == true else { return nil }
        isInBrackets = true
      case UInt8(ascii: "]"):
        let next = index + 1 < text.count ? text[index + 1] : UInt8(ascii: ".")
        guard isInBrackets, next == UInt8(ascii: ".") else { return nil }
        isInBrackets = false
      case UInt8(ascii: ".") where !isInBrackets:
        fields.append([])
        continue
      default:
        guard isInBrackets || byte.isASCIIDigit else { return nil }
      }
      fields[fields.count - 1].append(byte)
    }
    guard !isInBrackets, fields.count == 4 else { return nil }
    let ranges = fields.compactMap(ranges)
    return ranges.count == 4 ? ranges : nil
  }

  private static func ranges(_ field: [UInt8]) -> [ClosedRange<UInt8>]? {
    guard field.first == UInt8(ascii: "[") else { return number(field[...]).map { [$0...$0] } }
    var ranges: [ClosedRange<UInt8>] = []
    for part in field.dropFirst().dropLast().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    {
      let digits = part.prefix { $0 != UInt8(ascii: ".") }
      guard let low = number(digits) else { return nil }
      if digits.count == part.count {
        ranges.append(low...low)
      } else {
        let rest = part.dropFirst(digits.count)
        guard rest.starts(with: "..".utf8), let high = number(rest.dropFirst(2)), low <= high else {
          return nil
        }
        ranges.append(low...high)
      }
    }
    return ranges.isEmpty ? nil : ranges
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return UInt8(exactly: digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
  }
}
