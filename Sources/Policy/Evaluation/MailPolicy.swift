package import MailTypes

/// The whole of a mail policy: the lists, and the values of main.cf that they consult.
///
/// Decides as Postfix would by the same lists in main.cf, but for what a policy service can't know or say:
/// - Postfix puts `<x>: CLASS rejected:` of its own list before every text, and fits x.1.y statuses to that list.
/// - A permit is answered with OK only when it rests on who the client is; any other with DUNNO, and Postfix's list
///   goes on. Relaying can't be opened by it.
/// - One action goes over the wire: a refusal or deferral before HOLD, REDIRECT, FILTER, BCC, PREPEND, WARN and INFO
///   in this order, and these before OK.
/// - Why a client's name is unknown isn't told: we ask the DNS ourselves, and may find what Postfix didn't.
/// - Answers of lists in the DNS outside 127.0.0.0/8 and in 127.255.255.0/24 list nothing, and a key in the name of
///   a list's zone is shown to nobody.
/// - Whoever came by ANONYMOUS is not logged in.
/// - Addresses are looked up as they are written: `user%elsewhere@here` is no way to *elsewhere*, and none of ours.
/// - SMTPUTF8 isn't told: domains with letters beyond ASCII count as valid, HELO names with such don't.
/// - A table with a line that is no rule, which Postfix passes over with a warning, isn't used at all.
package struct MailPolicy: Sendable {
  /// Behind one reference: to ask a value of this size means to count all that it refers to.
  private final class Content: Sendable {
    let lists: RestrictionLists
    let domains: MailDomains
    let parameters: PolicyParameters
    let weightedLists: [String: WeightedList]

    init(
      _ lists: RestrictionLists, _ domains: MailDomains, _ parameters: PolicyParameters,
      _ weightedLists: [String: WeightedList]
    ) {
      self.lists = lists
      self.domains = domains
      self.parameters = parameters
      self.weightedLists = weightedLists
    }
  }

  private var content: Content

  package var lists: RestrictionLists {
    get { content.lists }
    set { content = Content(newValue, domains, parameters, weightedLists) }
  }
  package var domains: MailDomains {
    get { content.domains }
    set { content = Content(lists, newValue, parameters, weightedLists) }
  }
  package var parameters: PolicyParameters {
    get { content.parameters }
    set { content = Content(lists, domains, newValue, weightedLists) }
  }
  /// What `check_dnsbl` names.
  package var weightedLists: [String: WeightedList] {
    get { content.weightedLists }
    set { content = Content(lists, domains, parameters, newValue) }
  }

  package init(
    lists: RestrictionLists, domains: MailDomains = MailDomains(),
    parameters: PolicyParameters = PolicyParameters(), weightedLists: [String: WeightedList] = [:]
  ) {
    content = Content(lists, domains, parameters, weightedLists)
  }

  /// Every table that a decision may look something up in.
  package var tables: Set<TableName> { lists.tables.union(domains.tables).union(parameters.rblReplyMaps) }

  /// Decides a request by a list, as Postfix would: in the order written, the first permit or reject wins.
  ///
  /// - Parameters:
  ///   - request: what Postfix asks.
  ///   - list: one of `lists`.
  ///   - facts: what is known so far.
  ///   - recall: what else is known of the DNS, where `facts` has no answer, so that it needn't be gathered before.
  /// - Returns: the same for the same facts, in whatever order they became known.
  package func evaluate(
    _ request: PolicyRequest, by list: RestrictionList, _ facts: Facts,
    recall: @escaping (DNSQuestion) -> DNSAnswer? = { _ in nil }
  ) -> Evaluation {
    var walk = ListWalk(request, facts, recall: recall)
    let result = self.walk(list, &walk)
    if case .wait = result { return .waiting(for: walk.awaited) }
    return .decided(walk.decision(result))
  }

  /// What a list may ask of the DNS about a request, so that all of it can be asked at once.
  ///
  /// Goes through the list as if each answer that is missing were no opinion, up to the restriction that decides. With
  /// more facts there may be more: what is asked about an answer is known when that is.
  ///
  /// - Returns: the questions without an answer; none when the client is decided without them.
  package func lookups(
    for request: PolicyRequest, by list: RestrictionList, _ facts: Facts
  ) -> Set<DNSQuestion> {
    var walk = ListWalk(request, facts, .foresees)
    _ = self.walk(list, &walk)
    return walk.questions
  }

  /// What each step of a decision has asked the DNS, for who explains it.
  ///
  /// - Parameters: those by which it was decided.
  /// - Returns: a set for each step of the decision's trace; empty for one that rests on something else.
  package func questions(
    behind request: PolicyRequest, by list: RestrictionList, _ facts: Facts,
    recall: @escaping (DNSQuestion) -> DNSAnswer? = { _ in nil }
  ) -> [Set<DNSQuestion>] {
    var walk = ListWalk(request, facts, .explains, recall: recall)
    _ = self.walk(list, &walk)
    return walk.grounds
  }

  /// What is wrong with a table's results, each of which must be an action or restrictions.
  ///
  /// One whose first word is a part of the key shows what it is only when it is used.
  package func faults(in table: LookupTable) -> [TableFault] {
    table.rows.compactMap { row in
      guard let sample = row.sample else { return nil }
      do throws(AccessAction.Fault) {
        _ = try AccessAction(sample, by: lists.resultParser)
        return nil
      } catch {
        return TableFault(line: row.line, reason: .action(error))
      }
    }
  }

  /// The restrictions that a table's results name, each with its rule's line as its item.
  ///
  /// A rule that puts parts of the key in shows what it names only when it is used, and isn't among them.
  package func results(of table: LookupTable) -> RestrictionList {
    let steps = table.rows.flatMap { row -> [RestrictionParser.Step] in
      guard !row.hasReplacements,
        case .restrictions(let restrictions)? = try? AccessAction(row.value, by: lists.resultParser)
      else { return [] }
      return restrictions.map { RestrictionParser.Step(restriction: $0, item: row.line) }
    }
    return RestrictionList(name: ListName("result"), steps: steps)
  }
}
