import MailTypes

/// A question on its way, for everybody who has asked it meanwhile.
///
/// It keeps the resolver alive: whoever lets go of one on a reload need not wait for its answers.
final class Inquiry {
  let resolver: NetworkResolver
  let question: DNSQuestion
  /// The question that is asked now: that one, or of where its aliases have led.
  private(set) var asked: DNSQuestion
  private(set) var servers: ServerGroup
  private(set) var aliases = 0
  /// How long the aliases so far hold, in seconds.
  private(set) var lifetime = UInt32.max
  /// The one that it is asked of, until there is a reading.
  var channel: NameServerChannel?
  /// Which of that one's breaths it was sent in.
  var breath = 0
  /// How many replies that one had had by then.
  var repliesBefore = 0
  /// What the last attempt has come to.
  var reading = AnswerReading.failed(.timeout)

  private var attempt = 0
  /// The server that is asked first.
  private var first: Int
  /// What a server has said that couldn't answer.
  private var refusal: DNSFailure?
  private let reply: (DNSAnswer) -> Void
  private var moreReplies: [(DNSAnswer) -> Void] = []

  init(
    _ question: DNSQuestion, of servers: ServerGroup, for resolver: NetworkResolver,
    _ reply: @escaping (DNSAnswer) -> Void
  ) {
    self.resolver = resolver
    self.question = question
    self.servers = servers
    self.reply = reply
    asked = question
    first = servers.first
  }

  /// Somebody else wants to know, too.
  func join(_ reply: @escaping (DNSAnswer) -> Void) { moreReplies.append(reply) }

  /// Sends the question to the server whose turn it is.
  func send() { servers.channel(first + attempt).ask(self) }

  /// What to ask next is the same of where an alias leads.
  func follow(_ alias: DomainName, lifetime: UInt32, aliases: Int, of servers: ServerGroup) {
    asked = DNSQuestion(alias, question.type)
    self.lifetime = min(self.lifetime, lifetime)
    self.aliases = aliases
    self.servers = servers
    attempt = 0
    first = servers.first
    refusal = nil
  }

  /// Whether there is a server left to ask: who was silent may have missed the question, who refused has not.
  func mayTryAgain(after failure: DNSFailure) -> Bool {
    switch failure {
    case .timeout, .unreachable:
      servers.missed(first + attempt, repliesBefore: repliesBefore)
      attempt += 1
      return attempt < servers.count * servers.attempts
    case .serverFailure, .refused:
      refusal = failure
      attempt += 1
      return attempt < servers.count
    case .unusable, .aliases: return false
    }
  }

  /// The failure that says most, when all has been tried.
  func outcome(of last: DNSFailure) -> DNSFailure { refusal ?? last }

  func answer(_ answer: DNSAnswer) {
    reply(answer)
    for reply in moreReplies { reply(answer) }
  }
}
