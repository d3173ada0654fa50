package import EventLoop
package import MailTypes

/// Asks the name servers, through c-ares, and remembers what they say for as long as they say it holds.
///
/// Questions that are in flight are asked once, whoever asks again. /etc/resolv.conf is read when a resolver is made:
/// a reload makes another one, and the one before it lives on until its last question is answered.
package final class NetworkResolver: Resolver {
  /// How many different questions may be in flight, at about a kilobyte each.
  ///
  /// One more fails with `overload`: servers that have so many to answer don't keep up.
  package static let mostInFlight = 8192
  /// How many may wait for the answer to one question; one more fails with `overload`, too.
  package static let mostAskers = 1024

  private let loop: EventLoop
  private let servers: ServerGroup
  /// The longest names first.
  private let zones: [(name: DomainName, servers: ServerGroup)]
  private var cache: AnswerCache
  private var inFlight: [DNSQuestion: Inquiry] = [:]

  /// Makes one that asks nobody yet.
  ///
  /// - Throws: what c-ares says.
  package init(_ settings: ResolverSettings, loop: EventLoop) throws(ResolverError) {
    self.loop = loop
    cache = AnswerCache(capacity: settings.cache)
    let usual = settings.servers.isEmpty ? try Ares.configuredServers() : settings.servers
    servers = try ServerGroup(usual, settings: settings, loop: loop)
    var groups = [usual: servers]
    var zones: [(name: DomainName, servers: ServerGroup)] = []
    for (name, list) in settings.zones where !list.isEmpty {
      let group: ServerGroup
      if let known = groups[list] {
        group = known
      } else {
        group = try ServerGroup(list, settings: settings, loop: loop)
        groups[list] = group
      }
      zones.append((name, group))
    }
    self.zones = zones.sorted { $0.name.bytes.count > $1.name.bytes.count }
  }

  /// What the cache did.
  package var statistics: AnswerCache.Statistics { cache.statistics }
  /// How many answers it has.
  package var cached: Int { cache.count }
  /// How many different questions wait for an answer.
  package var asking: Int { inFlight.count }

  package func resolve(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    if let answer = cache.answer(to: question, now: loop.now) { return reply(answer) }
    resolveAnew(question, reply)
  }

  package func resolveAnew(_ question: DNSQuestion, _ reply: @escaping (DNSAnswer) -> Void) {
    if let inquiry = inFlight[question] {
      guard inquiry.askers < Self.mostAskers else { return refuse(reply) }
      return inquiry.join(reply)
    }
    guard inFlight.count < Self.mostInFlight else { return refuse(reply) }
    let inquiry = Inquiry(question, of: servers(for: question.name), for: self, now: loop.now, reply)
    inFlight[question] = inquiry
    inquiry.send()
  }

  private func refuse(_ reply: @escaping (DNSAnswer) -> Void) {
    loop.schedule(after: .zero) { reply(.failed(.overload)) }
  }

  package func recall(_ question: DNSQuestion) -> DNSAnswer? { cache.recall(question, now: loop.now) }

  /// Gets an inquiry back with what its last attempt has come to.
  func take(_ inquiry: Inquiry) {
    switch inquiry.reading {
    case .alias(let name, let lifetime, let aliases):
      if inquiry.isLate(at: loop.now) { return finish(inquiry, .failed(.timeout), lifetime: 0) }
      inquiry.follow(name, lifetime: lifetime, aliases: aliases, of: servers(for: name))
      inquiry.send()
    case .answer(.failed(let failure), _):
      if inquiry.mayTryAgain(after: failure), !inquiry.isLate(at: loop.now) { return inquiry.send() }
      finish(inquiry, .failed(inquiry.outcome(of: failure)), lifetime: 0)
    case .answer(let answer, let lifetime):
      finish(inquiry, answer, lifetime: min(lifetime, inquiry.lifetime))
    }
  }

  private func finish(_ inquiry: Inquiry, _ answer: DNSAnswer, lifetime: UInt32) {
    inFlight[inquiry.question] = nil
    cache.keep(answer, to: inquiry.question, lifetime: lifetime, now: loop.now)
    inquiry.answer(answer)
  }

  private func servers(for name: DomainName) -> ServerGroup {
    for zone in zones where name.isWithin(zone.name) { return zone.servers }
    return servers
  }
}
