import MailTypes
import TestKit
import Testing

@testable import Policy

/// main.cf's two lists at RCPT, which ask a service of ours and restrictions that nobody follows.
struct RandomHost: CustomStringConvertible {
  /// What may stand in a list of main.cf.
  private enum Item {
    /// Restrictions that are evaluated here as well.
    case words(String)
    /// Our service, in one of its spellings.
    case service(String)
    /// What isn't followed, and what it may do to a stranger.
    case outside(String, actions: [String])
  }

  private static let services = [
    "check_policy_service unix:postern/ours", "check_policy_service local:./postern/ours",
    "check_policy_service { unix:postern/ours, timeout=5s }", "check_policy_service inet:10040",
  ]
  private static let foreign = [
    Item.outside("check_policy_service unix:postern/theirs", actions: ["OK", "DUNNO", "REJECT"]),
    .outside("permit_mx_backup", actions: ["OK", "DUNNO"]),
    .outside("check_client_access mysql:/etc/clients", actions: ["OK", "DUNNO", "REJECT"]),
    .outside("permit_tls_all_clientcerts", actions: ["OK", "DUNNO"]),
    .outside("permit_inet_interfaces", actions: ["DUNNO"]),
    .outside("reject_unlisted_recipient", actions: ["DUNNO", "REJECT"]),
    .outside("reject_unverified_sender", actions: ["DUNNO", "REJECT", "DEFER_IF_PERMIT"]),
    .outside("sleep 1", actions: ["DUNNO"]),
  ]

  /// Our own policy, the list that the service has in it.
  let scene: PolicyScene
  private let lists: [[Item]]
  private let named: [String: [String]]

  init(_ random: inout SeededGenerator) throws {
    named = RandomPolicy.lists(&random)
    scene = try RandomPolicy.make(RandomPolicy.list(&random), lists: named, &random)
    lists = (0..<2).map { _ in
      RandomPolicy.list(&random).map { item in
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: .service(RandomPolicy.pick(Self.services, &random))
        case 2: RandomPolicy.pick(Self.foreign, &random)
        default: .words(item)
        }
      }
    }
  }

  var description: String { "\(lists) \(named)" }

  private var ours: RestrictionList {
    get throws { try #require(scene.policy.lists.policies[PolicyScene.list]) }
  }

  /// What is said of both lists before anybody comes.
  func prove() throws -> RelayProof {
    let texts = lists.map { list in
      list.map { item in
        switch item {
        case .words(let text), .service(let text), .outside(let text, _): text
        }
      }
    }
    let policy = try policy(texts, dialect: .mainCf(shorthand: .recipient))
    let answer = try scene.policy.answerToStrangers(of: ours, tables: scene.facts.tables)
    return policy.proveHostClosed(
      policy.lists.policies.keys.sorted().compactMap { policy.lists.policies[$0] },
      tables: try tables(of: policy),
      services: OwnServices(answers: [
        PolicyEndpoint(path: "postern/ours"): answer,
        PolicyEndpoint(host: "localhost", port: 10_040): answer,
      ]))
  }

  /// Whether both lists let a client through: in the place of what asks elsewhere stands what it answers.
  func relays(_ request: PolicyRequest, _ random: inout SeededGenerator) throws -> Bool {
    var facts = scene.facts
    facts.greylist = RandomPolicy.greylist(&random)
    let answers = RandomAnswers(&random)
    facts.dns = answers.all(asked: scene.policy, request, try ours, facts)
    guard case .decided(let decision) = scene.policy.evaluate(request, by: try ours, facts) else {
      throw PolicyScene.Undecided()
    }
    let answer = PolicyReply(decision.action).bytes.dropFirst(7).dropLast(2).repairedText
    let texts = lists.map { list in
      list.map { item in
        switch item {
        case .words(let text): text
        case .service: Self.always(answer)
        case .outside(_, let actions): Self.always(RandomPolicy.pick(actions, &random))
        }
      }
    }
    let policy = try policy(texts, dialect: .own)
    facts.tables = try tables(of: policy)
    for list in policy.lists.policies.values {
      facts.dns = answers.all(asked: policy, request, list, facts)
      guard case .decided(let decision) = policy.evaluate(request, by: list, facts) else {
        throw PolicyScene.Undecided()
      }
      switch decision.verdict {
      case .permitted, .undecided: continue
      case .refused, .deferredIfPermit, .discarded: return false
      }
    }
    return true
  }

  /// A table with that result for everybody.
  private static func always(_ action: String) -> String {
    "check_client_access pcre:{{/^/ \(action.replacing("$", with: "$$"))}}"
  }

  private func policy(_ texts: [[String]], dialect: RestrictionParser.Dialect) throws -> MailPolicy {
    let reading = RestrictionLists.read(
      policies: zip(["first", "second"], texts).map { (ListName($0), $1) },
      named: named.map { (ListName($0.key), $0.value) }, dialect: dialect,
      weightedLists: Set(scene.policy.weightedLists.keys))
    try #require(reading.faults == [])
    return MailPolicy(
      lists: reading.lists, domains: scene.policy.domains, parameters: scene.policy.parameters,
      weightedLists: scene.policy.weightedLists)
  }

  private func tables(of policy: MailPolicy) throws -> TableSet {
    var tables = TableSet()
    for table in policy.tables { tables[table] = try LookupTable(table, contents: []) }
    return tables
  }
}
