import MailTypes
import TestKit
import Testing

@testable import Policy

/// Answers come in any order: a decision doesn't depend on it.
struct ArrivalTests {
  private static let tries = 5_000

  @Test func `a decision is the same in whatever order the answers come`() throws {
    var random = SeededGenerator(seed: 6)
    var waited = 0
    for _ in 0..<Self.tries {
      let scene = try RandomPolicy.make(&random)
      let list = try #require(scene.policy.lists.policies[PolicyScene.list])
      let request = try RandomPolicy.request(&random)
      let answers = RandomAnswers(&random)
      let greylist = RandomPolicy.greylist(&random)
      let early = try decide(scene, request, list, greylist, answers, oneByOne: &random)
      waited += early.rounds
      // All at once: what may be asked, then what may be asked about that.
      var facts = scene.facts
      facts.greylist = greylist
      facts.dns = answers.all(asked: scene.policy, request, list, facts)
      guard case .decided(let whole) = scene.policy.evaluate(request, by: list, facts) else {
        Issue.record("\(list) waits, although all that it may ask is known")
        continue
      }
      // What is recalled counts as what is a fact.
      var few = scene.facts
      few.greylist = greylist
      let recalled = scene.policy.evaluate(request, by: list, few, recall: { answers[$0] })
      guard case .decided(let recalled) = recalled else {
        Issue.record("\(list) waits, although all answers can be recalled")
        continue
      }
      let says = "\(list) \(scene.policy.lists.named) \(String(decoding: request.frame, as: UTF8.self))"
      #expect(early.decision.verdict == whole.verdict, "\(says)")
      #expect(early.decision.action == whole.action, "\(says)")
      #expect(early.decision.decisive == whole.decisive, "\(says)")
      #expect(recalled == whole, "\(says)")
    }
    #expect(waited * 4 > Self.tries, "or hardly anything was asked")
  }

  /// Answers one of the questions that are open, then another one, until the list decides.
  private func decide(
    _ scene: PolicyScene, _ request: PolicyRequest, _ list: RestrictionList, _ greylist: PolicyAction,
    _ answers: RandomAnswers, oneByOne random: inout SeededGenerator
  ) throws -> (decision: Decision, rounds: Int) {
    var facts = scene.facts
    for round in 0..<10_000 {
      guard case .waiting(let lookups) = scene.policy.evaluate(request, by: list, facts) else { break }
      let open = scene.policy.lookups(for: request, by: list, facts)
      let needed = Set(lookups.compactMap { if case .dns(let question) = $0 { question } else { nil } })
      #expect(needed.isSubset(of: open), "\(list): what is waited for could have been foreseen")
      if lookups.contains(.greylist) { facts.greylist = greylist }
      if let question = open.sorted(by: { "\($0)" < "\($1)" }).randomElement(using: &random) {
        facts.dns[question] = answers[question]
      }
      if case .decided(let decision) = scene.policy.evaluate(request, by: list, facts) {
        return (decision, round + 1)
      }
    }
    guard case .decided(let decision) = scene.policy.evaluate(request, by: list, facts) else {
      throw PolicyScene.Undecided()
    }
    return (decision, 0)
  }
}

/// Answers to any question, which are the same each time.
struct RandomAnswers {
  private let seed: UInt64

  init(_ random: inout SeededGenerator) { seed = random.next() }

  subscript(_ question: DNSQuestion) -> DNSAnswer {
    var mixed = seed
    for byte in question.name.bytes { mixed = mixed &* 0x100_0000_01B3 ^ UInt64(byte) }
    var random = SeededGenerator(seed: mixed ^ UInt64(question.type.rawValue))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .noName
    case 1: return .noRecords
    case 2: return .failed(.serverFailure)
    default: break
    }
    return .records((0..<Int.random(in: 1...2, using: &random)).map { _ in record(question.type, &random) })
  }

  private func record(_ type: DNSRecordType, _ random: inout SeededGenerator) -> DNSRecord {
    let name = DomainName(
      ["a.test", "ns.test", "mx.example", "1.2", "evil.test"].randomElement(using: &random) ?? "")
    let host = Int.random(in: 0..<5, using: &random) == 0 ? .root : name ?? .root
    return switch type {
    case .a:
      .address(.v4([0x7F00_0002, 0x7F00_0003, 0x7FFF_FFFE, 0xC000_024D].randomElement(using: &random) ?? 0))
    case .aaaa: .address(.v6(0x2001_0DB8 << 96 | 5))
    case .ns, .ptr: .host(host)
    case .mx: .exchanger(host, preference: 10)
    case .txt: .text(Array("see x".utf8))
    }
  }

  /// What comes of asking all that a list may ask, until there is nothing more.
  func all(
    asked policy: MailPolicy, _ request: PolicyRequest, _ list: RestrictionList, _ facts: Facts
  ) -> [DNSQuestion: DNSAnswer] {
    var facts = facts
    while true {
      let questions = policy.lookups(for: request, by: list, facts)
      if questions.isEmpty { return facts.dns }
      for question in questions { facts.dns[question] = self[question] }
    }
  }
}
