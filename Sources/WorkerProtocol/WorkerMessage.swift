package import Credentials

/// What a worker says: that it is ready, or a verdict.
package enum WorkerMessage: Equatable, Sendable {
  case hello
  case verdict(Verdict)

  /// The answer to one check.
  package struct Verdict: Equatable, Sendable {
    /// The id of the check that it answers.
    package let id: UInt64
    package let verdict: AuthVerdict
    /// The worker ends after this answer (its memory has grown): give it nothing more.
    package let leaving: Bool

    package init(id: UInt64, verdict: AuthVerdict, leaving: Bool) {
      self.id = id
      self.verdict = verdict
      self.leaving = leaving
    }
  }

  /// The longest of these messages.
  package static let longest = FrameHeader.size + 2

  private static let staying: UInt8 = 0xE1
  private static let leaving: UInt8 = 0xE2

  /// One message: verdicts carry whether the worker stays, then, unless accepted, the reason.
  package var encoded: [UInt8] {
    switch self {
    case .hello: FrameHeader(kind: .hello, payload: 0, request: 0).encoded
    case .verdict(let answer):
      switch answer.verdict {
      case .accepted: Self.frame(.accepted, answer, reason: [])
      case .refused(let refusal): Self.frame(.refused, answer, reason: [refusal.rawValue])
      case .unavailable(let outage): Self.frame(.unavailable, answer, reason: [outage.rawValue])
      }
    }
  }

  private static func frame(_ kind: FrameHeader.Kind, _ answer: Verdict, reason: [UInt8]) -> [UInt8] {
    FrameHeader(kind: kind, payload: 1 + reason.count, request: answer.id).encoded
      + [answer.leaving ? leaving : staying] + reason
  }

  /// Reads one whole message.
  ///
  /// - Throws: `FrameError` for anything that isn't exactly one of the above.
  package init(_ message: Span<UInt8>) throws(FrameError) {
    let header = try FrameHeader(of: message)
    switch header.kind {
    case .check: throw .wrongDirection
    case .hello:
      guard header.payload == 0, header.request == 0 else { throw .malformedPayload }
      self = .hello
    case .accepted:
      guard header.payload == 1 else { throw .malformedPayload }
      self = .verdict(
        Verdict(id: header.request, verdict: .accepted, leaving: try Self.leaving(in: message)))
    case .refused:
      guard header.payload == 2, let reason = Refusal(rawValue: message[FrameHeader.size + 1]) else {
        throw .malformedPayload
      }
      self = .verdict(
        Verdict(id: header.request, verdict: .refused(reason), leaving: try Self.leaving(in: message)))
    case .unavailable:
      guard header.payload == 2, let reason = Outage(rawValue: message[FrameHeader.size + 1]) else {
        throw .malformedPayload
      }
      self = .verdict(
        Verdict(id: header.request, verdict: .unavailable(reason), leaving: try Self.leaving(in: message)))
    }
  }

  private static func leaving(in message: Span<UInt8>) throws(FrameError) -> Bool {
    switch message[FrameHeader.size] {
    case staying: false
    case leaving: true
    default: throw .malformedPayload
    }
  }
}
