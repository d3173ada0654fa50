import MailTypes
import Testing

@testable import Policy

/// What the DNS says in a test: a line a question, `NAME TYPE VALUE…`; every other name isn't there.
struct ScriptedAnswers {
  private var answers: [DNSQuestion: DNSAnswer] = [:]

  init(_ lines: [String]) throws {
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 2).map(String.init)
      let type = try #require(DNSRecordType.allCases.first { "\($0)" == words[1] })
      let question = DNSQuestion(try #require(DomainName(words[0])), type)
      answers[question] = try Self.answer(words[2], type)
    }
  }

  private static func answer(_ text: String, _ type: DNSRecordType) throws -> DNSAnswer {
    switch text {
    case "NXDOMAIN": return .noName
    case "NODATA": return .noRecords
    case "SERVFAIL": return .failed(.serverFailure)
    default: break
    }
    return .records(
      try text.split(separator: type == .txt ? "|" : " ").map { value in
        switch type {
        case .a, .aaaa: .address(try #require(IPAddress(String(value))))
        case .mx: .exchanger(try #require(DomainName(String(value))), preference: 10)
        case .ns, .ptr: .host(try #require(DomainName(String(value))))
        case .txt: .text(Array(value.utf8))
        }
      })
  }

  subscript(_ question: DNSQuestion) -> DNSAnswer { answers[question] ?? .noName }

  /// The answers to all questions that come up, found out in rounds.
  func answers(to scene: PolicyScene, _ request: PolicyRequest, by list: RestrictionList) -> (
    facts: Facts, rounds: Int
  ) {
    var facts = scene.facts
    var rounds = 0
    while true {
      let questions = scene.policy.lookups(for: request, by: list, facts)
      if questions.isEmpty { return (facts, rounds) }
      rounds += 1
      for question in questions { facts.dns[question] = self[question] }
    }
  }
}

extension PolicyScene {
  /// Decides with a scripted DNS, whose answers come as the list needs them.
  func decide(_ request: [String: String?] = [:], dns: [String]) throws -> Decision {
    let answers = try ScriptedAnswers(dns)
    var scene = self
    for _ in 0..<1000 {
      switch try scene.evaluate(request) {
      case .decided(let decision): return decision
      case .waiting(let lookups):
        for case .dns(let question) in lookups { scene.facts.dns[question] = answers[question] }
        if lookups.contains(.greylist) { scene.facts.greylist = .dunno }
      }
    }
    throw Undecided()
  }

  func answer(_ request: [String: String?] = [:], dns: [String]) throws -> String {
    PolicyReply(try decide(request, dns: dns).action).bytes.dropFirst(7).dropLast(2).repairedText
  }
}
