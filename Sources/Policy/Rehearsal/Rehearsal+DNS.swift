package import MailTypes

extension Rehearsal {
  /// Asks the real DNS; a question without an answer failed.
  package typealias LiveResolver = (Set<DNSQuestion>) -> [DNSQuestion: DNSAnswer]

  /// Answers questions by the script, and where it says so by the real DNS; every other name isn't there.
  func answer(_ questions: Set<DNSQuestion>, _ facts: inout Facts) {
    var unscripted: Set<DNSQuestion> = []
    for question in questions {
      if let answer = rehearsed.dns[question] {
        facts.dns[question] = answer
      } else if rehearsed.asksLive {
        unscripted.insert(question)
      } else {
        facts.dns[question] = rehearsed.hasRecords(question.name) ? .noRecords : .noName
      }
    }
    if unscripted.isEmpty { return }
    let answers = resolver?(unscripted) ?? [:]
    for question in unscripted { facts.dns[question] = answers[question] ?? .failed(.unreachable) }
  }
}

extension RehearsedPolicy {
  /// Whether the script gives a name records of any type.
  fileprivate func hasRecords(_ name: DomainName) -> Bool {
    dns.contains { question, answer in
      guard question.name == name else { return false }
      return switch answer {
      case .records, .noRecords: true
      case .noName, .failed: false
      }
    }
  }
}
