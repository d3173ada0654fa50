import DNS
import EventLoop
import MailTypes
import TestKit

/// Answers when a test says so, in whatever order it likes.
final class HeldResolver: Resolver {
  /// Has a turn after each answer; nil where nothing is to happen but what the answer does at once.
  private let loop: EventLoop?
  private var waiting: [DNSQuestion: [(DNSAnswer) -> Void]] = [:]
  /// Answered before `resolve` returns, as from a cache.
  var known: [DNSQuestion: DNSAnswer] = [:]
  /// Everything that was asked, in order.
  private(set) var asked: [DNSQuestion] = []

  init(turning loop: EventLoop? = nil) { self.loop = loop }

  func resolve(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    if let answer = known[question] {
      asked.append(question)
      return reply(answer)
    }
    resolveAnew(question, reply)
  }

  func resolveAnew(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    asked.append(question)
    waiting[question, default: []].append(reply)
  }

  /// Whether somebody waits for an answer.
  func isWaiting(for name: String, _ type: DNSRecordType = .a) throws -> Bool {
    waiting[try Asker.question(name, type)] != nil
  }

  func answer(_ name: String, type: DNSRecordType = .a, _ answer: DNSAnswer) throws {
    let replies = waiting.removeValue(forKey: try Asker.question(name, type)) ?? []
    for reply in replies { reply(answer) }
    loop?.schedule(after: .zero) { [loop] in loop?.stop() }
    try loop?.run()
  }

  func recall(_ question: DNSQuestion) -> DNSAnswer? { known[question] }
}
