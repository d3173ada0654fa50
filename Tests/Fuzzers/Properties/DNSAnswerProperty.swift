import DNS
import MailTypes

extension DecoderProperty {
  /// Any bytes are a reply or none: what is read of them is within bounds, and doesn't depend on the reader's past.
  ///
  /// The first byte says which type was asked for; the rest is the reply, to the question that stands in it.
  package static let dnsAnswer = DecoderProperty("DNSAnswer") { bytes in
    guard let first = bytes.first else { return nil }
    let reply = Array(bytes.dropFirst())
    let types = DNSRecordType.allCases
    let question = DNSQuestion(name(reply), types[Int(first) % types.count])
    let reading = AnswerReader.read(reply.span, to: question)
    guard AnswerReader.read(reply.span, to: question) == reading else { return "read twice, it is another" }
    return misread(reading, question) ?? cutShort(reply, question, reading)
  }

  /// What was asked, by the reply itself; the root when that can't be read.
  private static func name(_ reply: [UInt8]) -> DomainName {
    var labels: [[UInt8]] = []
    var next = 12
    while next < reply.count, (1...63).contains(reply[next]), next + Int(reply[next]) < reply.count {
      labels.append(Array(reply[(next + 1)...(next + Int(reply[next]))]))
      next += 1 + Int(reply[next])
    }
    return DomainName(Array(labels.joined(separator: [UInt8(ascii: ".")]))) ?? .root
  }

  private static func misread(_ reading: AnswerReading, _ question: DNSQuestion) -> String? {
    switch reading {
    case .alias(let name, _, let aliases):
      if !(1...AnswerReader.mostAliases).contains(aliases) { return "\(aliases) aliases" }
      return name == question.name ? "an alias to itself is to be asked for" : nil
    case .answer(.failed, let lifetime):
      return lifetime == 0 ? nil : "a failure that holds"
    case .answer(.records(let records), let lifetime):
      if records.isEmpty || records.count > AnswerReader.mostRecords { return "\(records.count) records" }
      if lifetime > Int32.max { return "it holds for \(lifetime)" }
      return records.allSatisfy { isFit($0, question.type) } ? nil : "records of another type"
    case .answer(_, let lifetime):
      return lifetime <= Int32.max ? nil : "it holds for \(lifetime)"
    }
  }

  private static func isFit(_ record: DNSRecord, _ type: DNSRecordType) -> Bool {
    switch (record, type) {
    case (.address(let address), .a): address.width == 32
    case (.address(let address), .aaaa): address.width == 128
    case (.exchanger, .mx), (.host, .ns), (.host, .ptr): true
    case (.text(let text), .txt): text.count <= AnswerReader.longestText
    default: false
    }
  }

  /// Without its last byte a message is not whole: nothing may be read of it.
  private static func cutShort(
    _ reply: [UInt8], _ question: DNSQuestion, _ reading: AnswerReading
  ) -> String? {
    guard case .answer(.failed(.unusable), _) = reading else {
      let short = AnswerReader.read(Array(reply.dropLast()).span, to: question)
      return short == .answer(.failed(.unusable), lifetime: 0) ? nil : "cut short, it still says \(short)"
    }
    return nil
  }
}
