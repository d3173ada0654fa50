import DNS
package import EventLoop
package import MailTypes

/// Answers from a script: every other name does not exist.
///
/// Nothing is cached and nothing fails but what the script lets fail; answers come in the next turn of the loop.
package final class ScriptedResolver: Resolver {
  private let loop: EventLoop
  /// What is answered.
  package var answers: [DNSQuestion: DNSAnswer]
  /// How often it was asked.
  package private(set) var asked = 0

  package init(_ answers: [DNSQuestion: DNSAnswer] = [:], on loop: EventLoop) {
    self.answers = answers
    self.loop = loop
  }

  package func resolveAnew(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    resolve(question, reply)
  }

  package func resolve(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    asked += 1
    let answer = answer(to: question)
    loop.schedule(after: .zero) { reply(answer) }
  }

  /// Nothing: what comes later shows more.
  package func recall(_ question: DNSQuestion) -> DNSAnswer? { nil }

  /// A name that has records of another type is there.
  private func answer(to question: DNSQuestion) -> DNSAnswer {
    if let answer = answers[question] { return answer }
    let isKnown = answers.contains { $0.key.name == question.name && $0.value != .noName }
    return isKnown ? .noRecords : .noName
  }
}
