import CResolv
package import MailTypes

/// Reads replies of name servers, which may hold anything.
///
/// A reply of another question, one cut short, and one with more than `mostRecords` is unusable: the longest that a
/// message can carry are about 4,000 records, and nobody needs to know what a list means by them. Records of names
/// that weren't asked for are ignored, wherever they stand.
package struct AnswerReader {
  /// How many records an answer may have.
  package static let mostRecords = 256
  /// How many aliases (CNAME) are followed for one question, in one reply or in several.
  package static let mostAliases = 10
  /// What is kept of a TXT record, in bytes.
  package static let longestText = 4096
  /// How many records are looked through for the one that tells how long a *no* holds.
  private static let mostAuthorities = 64

  private let type: DNSRecordType
  private var message: ReplyMessage
  private var record = ReplyMessage.Record()
  /// The name whose records are looked for: that of the question, or where its aliases lead.
  private var name: DomainName
  private var aliases: Int
  /// The least of what has been followed and found.
  private var lifetime = UInt32.max
  private var found: [DNSRecord] = []
  /// There are records of the type, with names that we can't write.
  private var isOdd = false

  /// Reads one reply.
  ///
  /// - Parameters:
  ///   - bytes: the whole message.
  ///   - question: what was asked: the name to which aliases have led so far, if there were any.
  ///   - aliases: how many there were.
  /// - Returns: the answer, a failure among them, or the name to ask for next.
  package static func read(
    _ bytes: Span<UInt8>, to question: DNSQuestion, aliases: Int = 0
  ) -> AnswerReading {
    bytes.withUnsafeBufferPointer { bytes in
      guard var message = ReplyMessage(bytes), message.isWholeReply, message.questionCount == 1,
        message.nextQuestion(is: question)
      else { return .failed(.unusable) }
      switch message.code {
      case 0, 3: break
      case 2: return .failed(.serverFailure)
      default: return .failed(.refused)
      }
      guard message.answerCount <= mostRecords else { return .failed(.unusable) }
      var reader = AnswerReader(message, question, aliases: aliases)
      return reader.read(asked: question.name)
    }
  }

  private init(_ message: ReplyMessage, _ question: DNSQuestion, aliases: Int) {
    self.message = message
    self.aliases = aliases
    type = question.type
    name = question.name
  }

  private mutating func read(asked: DomainName) -> AnswerReading {
    do throws(DNSFailure) {
      try readAnswers()
      if !found.isEmpty, message.code == 0 { return .answer(.records(found), lifetime: lifetime) }
      if isOdd { throw .unusable }
      let holds = try negativeLifetime()
      if message.code != 0 { return .answer(.noName, lifetime: min(lifetime, holds ?? 0)) }
      if let holds { return .answer(.noRecords, lifetime: min(lifetime, holds)) }
      // Without a SOA record nobody says that the alias has no such records.
      if name != asked { return .alias(name, lifetime: lifetime, aliases: aliases) }
      return .answer(.noRecords, lifetime: 0)
    } catch {
      return .failed(error)
    }
  }

  // MARK: Answers

  /// Once, or again as long as an alias leads back to records further up.
  private mutating func readAnswers() throws(DNSFailure) {
    let start = message.cursor
    var hasMoved = true
    while hasMoved, found.isEmpty {
      hasMoved = false
      message.cursor = start
      for _ in 0..<message.answerCount {
        guard message.nextRecord(&record) else { throw .unusable }
        guard record.class_number == 1, ReplyMessage.isName(&record.owner, name) else { continue }
        if record.type == type.rawValue {
          try take()
        } else if record.type == 5, found.isEmpty, !isOdd {
          try follow()
          hasMoved = true
        }
      }
    }
  }

  private mutating func follow() throws(DNSFailure) {
    guard let target = message.name(in: &record, at: 0), let alias = target.name else { throw .unusable }
    aliases += 1
    if aliases > Self.mostAliases { throw .aliases }
    name = alias
    lifetime = min(lifetime, record.ttl)
  }

  private mutating func take() throws(DNSFailure) {
    if let data = try data() { found.append(data) } else { isOdd = true }
    lifetime = min(lifetime, record.ttl)
  }

  /// Nil for a name that we can't write.
  private mutating func data() throws(DNSFailure) -> DNSRecord? {
    let data = message.data(of: record)
    switch type {
    case .a:
      guard data.count == 4 else { throw .unusable }
      return .address(.v4(data.reduce(0) { $0 << 8 | UInt32($1) }))
    case .aaaa:
      guard data.count == 16 else { throw .unusable }
      return .address(.v6(data.reduce(0) { $0 << 8 | UInt128($1) }))
    case .mx:
      guard data.count > 2 else { throw .unusable }
      let preference = UInt16(data[0]) << 8 | UInt16(data[1])
      return try host(at: 2).map { .exchanger($0, preference: preference) }
    case .ns, .ptr:
      return try host(at: 0).map { .host($0) }
    case .txt:
      return .text(try Self.joined(data))
    }
  }

  /// The name that fills the record's data from an offset on.
  private mutating func host(at offset: Int) throws(DNSFailure) -> DomainName? {
    guard let host = message.name(in: &record, at: offset), offset + host.size == record.length else {
      throw .unusable
    }
    return host.name
  }

  private static func joined(_ data: UnsafeBufferPointer<UInt8>) throws(DNSFailure) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(min(data.count, longestText))
    var next = 0
    while next < data.count {
      let end = next + 1 + Int(data[next])
      guard end <= data.count else { throw .unusable }
      text.append(contentsOf: data[(next + 1)..<end].prefix(longestText - text.count))
      next = end
    }
    return text
  }

  // MARK: How long a *no* holds

  /// By RFC 2308: the SOA record's lifetime, but no longer than its last number; nil without one for the name.
  private mutating func negativeLifetime() throws(DNSFailure) -> UInt32? {
    for _ in 0..<min(message.authorityCount, Self.mostAuthorities) {
      guard message.nextRecord(&record) else { throw .unusable }
      guard record.type == 6, record.class_number == 1, ReplyMessage.isAtOrAbove(&record.owner, name) else {
        continue
      }
      guard let server = message.sizeOfName(in: &record, at: 0),
        let person = message.sizeOfName(in: &record, at: server), server + person + 20 == record.length
      else { throw .unusable }
      let minimum = message.data(of: record).suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
      return min(record.ttl, minimum > Int32.max ? 0 : minimum)
    }
    return nil
  }
}
