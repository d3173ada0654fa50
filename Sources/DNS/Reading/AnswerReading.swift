package import MailTypes

/// What a reply says.
package enum AnswerReading: Equatable, Sendable {
  /// The answer, and for how many seconds it holds; none for a failure, or for a *no* without a SOA record.
  case answer(DNSAnswer, lifetime: UInt32)
  /// The answer is that of another name, for so many seconds, after so many aliases; whose records the reply
  /// doesn't have.
  case alias(DomainName, lifetime: UInt32, aliases: Int)

  /// An answer that is none.
  static func failed(_ failure: DNSFailure) -> AnswerReading { .answer(.failed(failure), lifetime: 0) }
}
