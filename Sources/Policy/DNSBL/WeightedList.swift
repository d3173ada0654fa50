package import MailTypes

/// Lists in the DNS that are believed together, as `postscreen_dnsbl_sites` are.
///
/// Each that lists a client adds its weight; from a threshold on the client is refused.
package struct WeightedList: Equatable, Sendable {
  package let name: String
  package let sites: [Site]
  /// The score from which on a client is refused; at least 1.
  package let threshold: Int

  /// A list, and what it adds.
  package struct Site: Equatable, Sendable, CustomStringConvertible {
    package let zone: ListedZone
    /// Below 0 for lists of those that are to be let in.
    package let weight: Int
    /// Which item names it, counted from 1.
    package let item: Int

    package var description: String { weight == 1 ? "\(zone)" : "\(zone)*\(weight)" }
  }

  /// The largest weight, in either direction.
  package static let heaviest = 1_000_000
}

extension WeightedList {
  /// Something that can't be meant.
  package struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Which item, counted from 1; 0 for the list as a whole.
    package let item: Int
    package let reason: Reason

    package enum Reason: Error, Equatable, Sendable {
      case zone(String)
      case weight(String)
      case noSites
      case threshold(Int)
    }

    package var description: String {
      switch reason {
      case .zone(let text):
        "\(text) is no zone, zone=filter or zone=filter*weight, such as zen.example=127.0.0.[2..11]*3"
      case .weight(let text):
        "\(text): what comes after * is no whole number from -\(heaviest) to \(heaviest)"
      case .noSites: "there is no site"
      case .threshold(let threshold): "\(threshold) is below 1: everybody would be refused"
      }
    }
  }

  /// Reads sites in postscreen's words, `zone[=filter][*weight]`; an item may hold several.
  ///
  /// - Parameters:
  ///   - name: what `check_dnsbl` calls it by.
  ///   - items: as they are written.
  ///   - threshold: the score from which on a client is refused.
  ///   - shownZones: what zones are called in replies and logs, where somebody has chosen that.
  /// - Returns: what could be read, and every fault; with a fault it must not be used.
  package static func read(
    _ name: String, sites items: [String], threshold: Int, shownZones: [DomainName: String] = [:]
  ) -> (list: WeightedList, faults: [Fault]) {
    var sites: [Site] = []
    var faults: [Fault] = []
    for (index, item) in items.enumerated() {
      for word in ListWords.split(item) {
        do throws(Fault.Reason) {
          sites.append(try site(word, ofItem: index + 1, shownZones))
        } catch {
          faults.append(Fault(item: index + 1, reason: error))
        }
      }
    }
    if sites.isEmpty, faults.isEmpty { faults.append(Fault(item: 0, reason: .noSites)) }
    if threshold < 1 { faults.append(Fault(item: 0, reason: .threshold(threshold))) }
    return (WeightedList(name: name, sites: sites, threshold: threshold), faults)
  }

  private static func site(
    _ word: String, ofItem item: Int, _ shownZones: [DomainName: String]
  ) throws(Fault.Reason) -> Site {
    let parts = word.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard let zone = ListedZone(String(parts[0]), shownAs: shownZones) else {
      throw .zone(word)
    }
    if parts.count == 1 { return Site(zone: zone, weight: 1, item: item) }
    guard let weight = Int(parts[1]), (-heaviest...heaviest).contains(weight) else {
      throw .weight(word)
    }
    return Site(zone: zone, weight: weight, item: item)
  }
}
