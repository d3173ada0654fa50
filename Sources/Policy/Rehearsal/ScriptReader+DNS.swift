import MailTypes

/// `dns`: what the DNS says while a script is played.
extension ScriptReader {
  /// The answers that are no records, by their words.
  private static let plainAnswers: [String: DNSAnswer] = [
    "nxdomain": .noName, "nodata": .noRecords, "servfail": .failed(.serverFailure),
    "timeout": .failed(.timeout),
  ]

  /// `NAME TYPE VALUE…`, which replaces what the name had of this type, or `live`.
  mutating func readDNS(_ text: [UInt8]) throws(ScriptFault.Reason) {
    if text.lowercasedASCII.elementsEqual("live".utf8) {
      rehearsed.asksLive = true
      return
    }
    let name = text.prefix { !ListWords.isBlank($0) }
    let afterName = text[name.endIndex...].drop(while: ListWords.isBlank)
    let word = afterName.prefix { !ListWords.isBlank($0) }
    let value = ScriptLines.trimmed(afterName[word.endIndex...])
    if word.isEmpty || value.isEmpty { throw .usage(.dns) }
    guard let owner = HostSyntax.domainName(name) ?? DomainName(name) else {
      throw .dnsName(name.repairedText)
    }
    let typed = word.lowercasedASCII.repairedText
    guard let type = DNSRecordType.allCases.first(where: { "\($0)".lowercased() == typed }) else {
      throw .dnsType(word.repairedText)
    }
    if let plain = Self.plainAnswers[value.lowercasedASCII.repairedText] {
      rehearsed.dns[DNSQuestion(owner, type)] = plain
    } else {
      rehearsed.dns[DNSQuestion(owner, type)] = .records(try Self.records(type, value))
    }
  }

  private static func records(
    _ type: DNSRecordType, _ value: ArraySlice<UInt8>
  ) throws(ScriptFault.Reason) -> [DNSRecord] {
    if type == .txt { return try texts(value).map { .text($0) } }
    let words = value.split(whereSeparator: ListWords.isSeparator)
    if type == .mx { return try exchangers(words) }
    var records: [DNSRecord] = []
    for word in words {
      switch type {
      case .a, .aaaa:
        guard let address = IPAddress(word), (address.width == 32) == (type == .a) else {
          throw .dnsValue(type, word.repairedText)
        }
        records.append(.address(address))
      default: records.append(.host(try host(word, type)))
      }
    }
    if records.isEmpty { throw .usage(.dns) }
    return records
  }

  /// `10 mail.example`, one or several.
  private static func exchangers(_ words: [ArraySlice<UInt8>]) throws(ScriptFault.Reason) -> [DNSRecord] {
    if words.isEmpty { throw .usage(.dns) }
    var records: [DNSRecord] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard let preference = UInt16(word.repairedText), let name = rest.popFirst() else {
        throw .dnsValue(.mx, word.repairedText)
      }
      records.append(.exchanger(try host(name, .mx), preference: preference))
    }
    return records
  }

  private static func host(
    _ word: ArraySlice<UInt8>, _ type: DNSRecordType
  ) throws(ScriptFault.Reason) -> DomainName {
    guard let name = DomainName(word) else { throw .dnsValue(type, word.repairedText) }
    return name
  }

  /// Texts in quotes, each of them a record, or the rest of the line.
  private static func texts(_ value: ArraySlice<UInt8>) throws(ScriptFault.Reason) -> [[UInt8]] {
    let quote = UInt8(ascii: "\"")
    guard value.first == quote else { return [Array(value)] }
    var texts: [[UInt8]] = []
    var rest = value
    while !rest.isEmpty {
      guard rest.first == quote, let end = rest.dropFirst().firstIndex(of: quote) else {
        throw .dnsValue(.txt, value.repairedText)
      }
      texts.append(Array(rest[(rest.startIndex + 1)..<end]))
      rest = rest[(end + 1)...].drop(while: ListWords.isBlank)
    }
    return texts
  }
}
