import MailTypes

/// Reads a rehearsal's script, line by line: what a line means depends on the lists and tables before it.
package struct ScriptReader {
  /// The longest value of a dialogue, bytes: a command of SMTP isn't longer either.
  package static let longestValue = 1024
  /// `wait` goes no further at once, seconds.
  private static let longestWait: Int64 = 10 * 365 * 86_400

  /// The policy as it is after what was read.
  package internal(set) var rehearsed: RehearsedPolicy
  let sources: RehearsalSources
  /// The script's lists in the order written; while there are none those of the configuration hold.
  var lists: [RestrictionLists.Source] = []
  /// The tables that the script gives, by their words.
  var tables: [String: TableName] = [:]
  /// What couldn't be read before the script began.
  let missing: Set<TableName>
  private var hasClient = false

  /// Begins with a policy.
  ///
  /// - Parameters:
  ///   - rehearsed: the configuration's.
  ///   - sources: where the script's files are.
  package init(_ rehearsed: RehearsedPolicy, sources: RehearsalSources) {
    self.rehearsed = rehearsed
    self.sources = sources
    missing = rehearsed.policy.tables.filter { rehearsed.tables[$0] == nil }
  }

  /// The names of the lists that can be called, for suggestions.
  package var listNames: [ListName] { rehearsed.policy.lists.named.keys.sorted() }

  /// Reads a whole script.
  ///
  /// - Returns: its steps, and every fault; with a fault it must not be played.
  package mutating func read(script: [UInt8]) -> (steps: [ScriptStep], faults: [ScriptFault]) {
    var steps: [ScriptStep] = []
    var faults: [ScriptFault] = []
    for line in ScriptLines.read(script) {
      do throws(ScriptFault.Reason) {
        steps.append(ScriptStep(line: line.number, text: line.text, command: try command(line.text)))
      } catch {
        faults.append(ScriptFault(line: line.number, reason: error))
      }
    }
    return (steps, faults)
  }

  private mutating func command(_ line: [UInt8]) throws(ScriptFault.Reason) -> ScriptStep.Command {
    let word = line.prefix { !ListWords.isBlank($0) }
    let rest = Array(line[word.count...].drop(while: ListWords.isBlank))
    let name = word.lowercasedASCII.repairedText
    guard let keyword = ScriptKeyword(rawValue: name) else { throw .unknownCommand(word.repairedText) }
    switch keyword {
    case .list:
      try readList(rest)
      return .policy(rehearsed)
    case .table:
      try readTable(rest)
      return .policy(rehearsed)
    case .dns:
      try readDNS(rest)
      return .policy(rehearsed)
    case .set:
      try readParameter(rest)
      return .policy(rehearsed)
    default: return try dialogue(keyword, rest)
    }
  }

  // MARK: The dialogue

  private mutating func dialogue(
    _ keyword: ScriptKeyword, _ rest: [UInt8]
  ) throws(ScriptFault.Reason) -> ScriptStep.Command {
    guard rest.count <= Self.longestValue else { throw .tooLong }
    let words = rest.split(whereSeparator: ListWords.isBlank).map { Array($0) }
    switch keyword {
    case .wait: return .wait(try seconds(rest))
    case .expect:
      guard let expectation = Expectation(rest) else { throw .expectation(rest.repairedText) }
      return .expect(expectation)
    case .client: return try client(words)
    default: break
    }
    guard hasClient else { throw .noClient(keyword) }
    switch keyword {
    case .helo where words.count == 1: return .helo(words[0])
    case .login where (1...2).contains(words.count):
      return .login(user: words[0], method: words.count == 2 ? words[1] : Array("plain".utf8))
    case .mail where !rest.isEmpty: return .mail(Self.address(rest))
    case .rcpt where !rest.isEmpty: return .rcpt(Self.address(rest))
    case .data where rest.isEmpty: return .data
    case .etrn where words.count == 1: return .etrn(words[0])
    default: throw .usage(keyword)
    }
  }

  private mutating func client(_ words: [[UInt8]]) throws(ScriptFault.Reason) -> ScriptStep.Command {
    guard (2...3).contains(words.count) else { throw .usage(.client) }
    guard let address = IPAddress(words[1][...]) else { throw .address(words[1].repairedText) }
    hasClient = true
    return .client(
      name: words[0], address: Array("\(address.unmapped)".utf8),
      reverseName: words.count == 3 ? words[2] : words[0])
  }

  /// With or without angle brackets; `<>` is the null sender.
  private static func address(_ text: [UInt8]) -> MailAddress {
    guard text.first == UInt8(ascii: "<"), text.last == UInt8(ascii: ">") else {
      return MailAddress(text[...])
    }
    return MailAddress(text.dropFirst().dropLast())
  }

  private func seconds(_ text: [UInt8]) throws(ScriptFault.Reason) -> Int64 {
    let digits = text.prefix(while: \.isASCIIDigit)
    let units: [String: Int64] = ["": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
    guard (1...10).contains(digits.count), let unit = units[text[digits.count...].repairedText] else {
      throw .time(text.repairedText)
    }
    let count = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    guard count <= Self.longestWait / unit else { throw .time(text.repairedText) }
    return count * unit
  }

  /// What lists and tables of a script may be called: a letter, then letters, digits, `_` and `-`.
  static func isWord(_ text: some StringProtocol) -> Bool {
    guard let first = text.utf8.first, !first.isASCIIDigit, first != UInt8(ascii: "-") else { return false }
    return text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII) || byte.isASCIIDigit
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
  }
}
