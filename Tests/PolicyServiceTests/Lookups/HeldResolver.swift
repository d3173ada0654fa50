import DNS
import MailTypes
import TestKit

/// Answers when a test says so, in whatever order it likes.
final class HeldResolver: Resolver {
  private var waiting: [DNSQuestion: [(DNSAnswer) -> Void]] = [:]
  /// Answered before `resolve` returns, as from a cache.
  var known: [DNSQuestion: DNSAnswer] = [:]
  /// Everything that was asked, in order.
  private(set) var asked: [DNSQuestion] = []

  func resolve(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    asked.append(question)
    if let answer = known[question] { return reply(answer) }
    waiting[question, default: []].append(reply)
  }

  /// Whether somebody waits for an answer.
  func isWaiting(for name: String, _ type: DNSRecordType = .a) throws -> Bool {
    waiting[try Asker.question(name, type)] != nil
  }

  func answer(_ name: String, type: DNSRecordType = .a, _ answer: DNSAnswer) throws {
    let replies = waiting.removeValue(forKey: try Asker.question(name, type)) ?? []
    for reply in replies { reply(answer) }
  }
}
