import MailTypes

/// What is known of a list in the DNS that is better asked no more.
struct KnownZone: Equatable {
  let zone: DomainName
  let state: State
  /// A year, or a year and a month; nil where nobody remembers.
  let since: String?
  /// What to ask instead.
  let instead: DomainName?

  /// What has become of it.
  enum State: String, CaseIterable {
    /// It answers no more, or lists everybody.
    case shutDown = "shut-down"
    /// Another list has its data.
    case superseded
  }
}

// MARK: In a file

extension KnownZone {
  /// Why a line says nothing.
  enum Fault: Error, Equatable, CustomStringConvertible {
    case columns(Int)
    case zone(String)
    case state(String)
    case since(String)

    var description: String {
      switch self {
      case .columns(let count): "zone, state, since and instead are expected, not \(count) words"
      case .zone(let word): "\(word) is no name of a zone"
      case .state(let word):
        "\(word) is no state: \(State.allCases.map(\.rawValue).joined(separator: " or ")) is expected"
      case .since(let word): "\(word) is no year, or year and month, such as 2024-06"
      }
    }
  }

  /// Reads `ZONE STATE SINCE INSTEAD`; a `-` in the last two says that there is none.
  init(_ words: [String]) throws(Fault) {
    guard words.count == 4 else { throw .columns(words.count) }
    guard let state = State(rawValue: words[1]) else { throw .state(words[1]) }
    zone = try Self.zone(words[0])
    self.state = state
    since = try words[2] == "-" ? nil : Self.date(words[2])
    instead = try words[3] == "-" ? nil : Self.zone(words[3])
  }

  private static func zone(_ word: String) throws(Fault) -> DomainName {
    guard let zone = DomainName(word), !zone.isRoot else { throw .zone(word) }
    return zone
  }

  private static func date(_ word: String) throws(Fault) -> String {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8)
    let areDigits = parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
    guard areDigits, [[4], [4, 2]].contains(parts.map(\.count)) else { throw .since(word) }
    return word
  }
}
