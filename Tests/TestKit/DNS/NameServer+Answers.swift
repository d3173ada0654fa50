package import MailTypes

extension NameServer {
  /// A server that says this, and holds nothing back; names in it are there also for other types.
  package convenience init(answering answers: [DNSQuestion: DNSAnswer], lifetime: UInt32 = 300) {
    self.init()
    for (question, answer) in answers {
      let name = question.name.description
      for type in DNSRecordType.allCases where answers[DNSQuestion(question.name, type)] == nil {
        self.answer(name, type, .noRecords(zone: name))
      }
      self.answer(name, question.type, Self.reply(question, answer, lifetime))
    }
    answerOthers(ScriptedReply(code: 3))
  }

  private static func reply(
    _ question: DNSQuestion, _ answer: DNSAnswer, _ lifetime: UInt32
  ) -> ScriptedReply {
    let name = question.name.description
    return switch answer {
    case .records(let records):
      ScriptedReply(records.map { ReplyRecord(name, payload($0, question.type), lifetime: lifetime) })
    case .noRecords: .noRecords(zone: name, minimum: lifetime)
    case .noName: .noName(zone: name, minimum: lifetime)
    case .failed(.serverFailure): .serverFailure
    case .failed(.refused): .refused
    case .failed(.timeout): .silence
    case .failed(let failure): preconditionFailure("no server says \(failure)")
    }
  }

  private static func payload(_ record: DNSRecord, _ type: DNSRecordType) -> ReplyRecord.Payload {
    switch record {
    case .address(let address): .address("\(address)")
    case .exchanger(let name, let preference): .exchanger("\(name)", preference: preference)
    case .host(let name): type == .ptr ? .pointer("\(name)") : .nameServer("\(name)")
    case .text(let text): .text([text.repairedText])
    }
  }
}
