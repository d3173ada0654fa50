import DNS
import EventLoop
import MailTypes
import Policy

/// Probes the lists in the DNS that restrictions ask, and sets aside those that can't be believed.
final class ZoneWatch {
  /// At the start some other zone is probed each time so much has passed, so that no flood of questions begins.
  private static let spacing = Duration.milliseconds(50)

  private let loop: EventLoop
  private let resolver: any Resolver
  private let log: (PolicyNotice) -> Void
  private var health: [DomainName: ZoneHealth] = [:]
  private var probes: [DomainName: ZoneProbe] = [:]
  /// They have no test entries: nobody asks for any before there is trouble.
  private let unprobed: Set<DomainName>
  private let pace: ZoneHealth.Pace
  private var shown: [DomainName: String] = [:]
  private var planned: [DomainName: TimerToken] = [:]
  private var isClosed = false
  /// What becomes of the zones that have no opinion for now: why, in words.
  private(set) var aside: [DomainName: String] = [:]
  /// Zones whose last question stayed without an answer.
  private var failing: Set<DomainName> = []

  /// Begins with the probes.
  ///
  /// - Parameters:
  ///   - zones: all that some restriction asks now.
  ///   - unprobed: those that have no test entries; they are judged by their answers, and after those that were
  ///     trouble by entries that no list may have.
  ///   - pace: when zones are probed.
  ///   - resolver: asks.
  ///   - loop: tells the time.
  ///   - log: is told about every zone that is set aside or taken back, once.
  init(
    _ zones: Set<ConsultedZone>, unprobed: Set<DomainName>, pace: ZoneHealth.Pace = ZoneHealth.Pace(),
    resolver: any Resolver, loop: EventLoop, log: @escaping (PolicyNotice) -> Void
  ) {
    self.unprobed = unprobed
    self.loop = loop
    self.resolver = resolver
    self.log = log
    self.pace = pace
    adopt(zones)
  }

  /// Watches these from now on: those that are new, or asked about something new, are probed, and what was known of
  /// others is forgotten.
  func adopt(_ zones: Set<ConsultedZone>) {
    shown = Dictionary(uniqueKeysWithValues: zones.map { ($0.name, $0.shown) })
    for name in health.keys where shown[name] == nil { forget(name) }
    var unknown: [DomainName] = []
    for zone in zones {
      let probe = ZoneProbe(of: zone, hasTestEntries: !unprobed.contains(zone.name))
      guard probes.updateValue(probe, forKey: zone.name) != probe else { continue }
      if health[zone.name] == nil { health[zone.name] = ZoneHealth(pace: pace) }
      if !unprobed.contains(zone.name) { unknown.append(zone.name) }
    }
    for (index, name) in unknown.sorted(by: { $0.description < $1.description }).enumerated() {
      plan(name, after: Self.spacing * index)
    }
  }

  private func forget(_ zone: DomainName) {
    health[zone] = nil
    probes[zone] = nil
    aside[zone] = nil
    failing.remove(zone)
    if let token = planned.removeValue(forKey: zone) { loop.cancel(token) }
  }

  /// Every zone, those that are set aside too.
  var states: [(shown: String, trouble: ZoneTrouble?)] {
    health.map { (shown[$0.key] ?? "", $0.value.trouble) }
  }

  /// Takes note of what a question was answered with, be it about a zone or not.
  func note(_ question: DNSQuestion, _ answer: DNSAnswer) {
    guard question.type == .a else { return }
    if case .failed = answer {
      guard let zone = zone(of: question) else { return }
      failing.insert(zone)
      take(nil, of: zone)
    } else {
      let listing = ZoneListing(answer)
      // Nearly all answers end here, without a look for their zone.
      guard listing.trouble != nil || !failing.isEmpty, let zone = zone(of: question) else { return }
      failing.remove(zone)
      take(listing, of: zone)
    }
  }

  private func take(_ listing: ZoneListing?, of zone: DomainName) {
    guard let (change, next) = health[zone]?.take(listing) else { return }
    tell(change, of: zone)
    if let next { plan(zone, after: next) }
  }

  /// The zone that a name stands in.
  private func zone(of question: DNSQuestion) -> DomainName? {
    var name: DomainName? = question.name
    while let next = name {
      if health[next] != nil { return next }
      name = next.parent
    }
    return nil
  }

  // MARK: Probes

  private func plan(_ zone: DomainName, after delay: Duration) {
    if let token = planned[zone] { loop.cancel(token) }
    guard !isClosed, let probe = probes[zone] else { return }
    planned[zone] = loop.schedule(after: delay) { [unowned self] in
      planned[zone] = nil
      ask(probe, zone)
    }
  }

  private func ask(_ probe: ZoneProbe, _ zone: DomainName) {
    var answers: [DNSQuestion: DNSAnswer] = [:]
    for entry in probe.entries {
      resolver.resolve(entry.question) { [weak self] answer in
        answers[entry.question] = answer
        if answers.count == probe.entries.count { self?.end(probe.judge(answers), zone) }
      }
    }
  }

  private func end(_ finding: ZoneProbe.Finding, _ zone: DomainName) {
    guard let (change, next) = health[zone]?.take(finding) else { return }
    failing.remove(zone)
    tell(change, of: zone)
    if finding == .sound, unprobed.contains(zone) { return }
    plan(zone, after: next)
  }

  private func tell(_ change: ZoneHealth.Change?, of zone: DomainName) {
    switch change {
    case .setAside(let trouble)?:
      aside[zone] = "\(trouble)"
      log(.zoneSetAside(shown[zone] ?? "", trouble))
    case .takenBack?:
      aside[zone] = nil
      log(.zoneTakenBack(shown[zone] ?? ""))
    case nil: break
    }
  }

  /// Asks nothing any more.
  func close() {
    isClosed = true
    for token in planned.values { loop.cancel(token) }
    planned = [:]
  }
}
