import DNS
import EventLoop
import MailTypes
import PolicySetup
import Settings
import SystemCalls

/// Asks the DNS and waits for the answers: for commands, which have nothing else to do meanwhile.
final class Inquiry {
  private let loop: EventLoop
  private let resolver: NetworkResolver
  private let budget: Duration

  /// What a question was answered with, and how long that took.
  struct Reply {
    let answer: DNSAnswer
    let elapsed: Duration
  }

  /// Prepares one, as the policy service asks.
  ///
  /// - Throws: what keeps it from asking at all.
  init(_ settings: DNSSettings) throws {
    loop = try EventLoop()
    resolver = try NetworkResolver(ResolverSettings(settings), loop: loop)
    budget = settings.budget
  }

  /// Asks all at once; what isn't answered within the budget of one request counts as failed.
  func ask(_ questions: Set<DNSQuestion>) -> [DNSQuestion: Reply] {
    var replies: [DNSQuestion: Reply] = [:]
    let began = ContinuousClock.now
    // What comes at once, or after the end, must not stop the loop.
    var isRunning = false
    for question in questions {
      resolver.resolve(question) { [loop] answer in
        replies[question] = Reply(answer: answer, elapsed: .now - began)
        if isRunning, replies.count == questions.count { loop.stop() }
      }
    }
    guard replies.count < questions.count else { return replies }
    isRunning = true
    defer { isRunning = false }
    let deadline = loop.schedule(after: budget) { [loop] in loop.stop() }
    do throws(SystemError) { try loop.run() } catch { Complaint.write("\(error)") }
    loop.cancel(deadline)
    for question in questions where replies[question] == nil {
      replies[question] = Reply(answer: .failed(.timeout), elapsed: budget)
    }
    return replies
  }
}
