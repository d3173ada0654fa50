/// What a scripted name server does with a question.
package struct ScriptedReply: Sendable {
  package enum Fault: Sendable {
    /// Says nothing.
    case silence
    /// Another id than the question's.
    case wrongID
    /// Another name than the one that was asked for.
    case wrongQuestion
    /// From another address than the one that was asked.
    case wrongSource
    /// A datagram says that not all fits, and holds nothing; TCP has it all.
    case truncated
    /// These bytes follow the id.
    case bytes([UInt8])
  }

  package var code: UInt8
  package var answers: [ReplyRecord]
  package var authorities: [ReplyRecord]
  package var fault: Fault?
  /// How long it takes.
  package var delay: Duration
  /// For the first questions only; then the reply is sent as it should be.
  package var faultsUntil: Int

  package init(
    _ answers: [ReplyRecord] = [], authorities: [ReplyRecord] = [], code: UInt8 = 0, fault: Fault? = nil,
    faultsUntil: Int = .max, delay: Duration = .zero
  ) {
    self.answers = answers
    self.authorities = authorities
    self.code = code
    self.fault = fault
    self.faultsUntil = faultsUntil
    self.delay = delay
  }

  /// There is no such name in `zone`, for so many seconds.
  package static func noName(zone: String, minimum: UInt32 = 300) -> ScriptedReply {
    ScriptedReply(authorities: [ReplyRecord(zone, .authority(minimum: minimum))], code: 3)
  }

  /// The name has other records.
  package static func noRecords(zone: String, minimum: UInt32 = 300) -> ScriptedReply {
    ScriptedReply(authorities: [ReplyRecord(zone, .authority(minimum: minimum))])
  }

  package static let serverFailure = ScriptedReply(code: 2)
  package static let refused = ScriptedReply(code: 5)
  package static let silence = ScriptedReply(fault: .silence)

  /// The whole message, for a question's bytes as they came.
  package func wire(id: [UInt8], question: [UInt8], isTruncated: Bool = false) -> [UInt8] {
    let flags: UInt16 = 0x8180 | (isTruncated ? 0x0200 : 0) | UInt16(code)
    let (answers, authorities) = isTruncated ? ([], []) : (answers, authorities)
    return id + WireText.number(flags) + [0, 1] + WireText.number(UInt16(answers.count))
      + WireText.number(UInt16(authorities.count)) + [0, 0] + question
      + (answers + authorities).flatMap(\.wire)
  }
}
