import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are a list, a line an item: faults name items, what is read is written and read again as the same, and
  /// a list that is proven closed permits no stranger.
  package static let restrictionList = DecoderProperty("RestrictionList") { bytes in
    let items = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(\.repairedText)
    let name = ListName("fuzz")
    let reading = RestrictionLists.read(
      policies: [(name: name, items: items)],
      named: [(name: ListName("mine"), items: ["permit_mynetworks, reject_unauth_destination"])])
    if let fault = reading.faults.first(where: { !(1...items.count).contains($0.item) }) {
      return "\(fault) names an item that isn't there"
    }
    guard let list = reading.lists.policies[name] else { return "the list is lost" }
    return rewritten(list) ?? opened(list, reading.lists)
  }

  private static func rewritten(_ list: RestrictionList) -> String? {
    let parser = RestrictionParser(lists: [ListName("mine")])
    let written = list.steps.map { "\($0.restriction)" }
    let again = parser.read(written, list: list.name)
    guard again.faults.isEmpty else { return "\(written) is read as \(again.faults)" }
    if again.steps.map(\.restriction) == list.steps.map(\.restriction) { return nil }
    // A zone's key isn't written.
    let isHidden = list.restrictions.contains(where: \.hidesZone)
    return isHidden && again.steps.map { "\($0.restriction)" } == written ? nil : "\(written) is another list"
  }

  private static func opened(_ list: RestrictionList, _ lists: RestrictionLists) -> String? {
    let policy = MailPolicy(lists: lists)
    var facts = Facts(greylist: .dunno)
    for table in policy.tables where table.path == nil {
      // A table that can't be read isn't there.
      facts.tables[table] = try? LookupTable(table, contents: [])
    }
    let proof = policy.proveClosed(list, tables: facts.tables)
    let evaluation = policy.evaluate(FuzzedRequest.stranger, by: list, facts) { _ in .failed(.timeout) }
    guard case .decided(let decision) = evaluation else {
      return "it waits, although all is known"
    }
    if case .permitted = decision.verdict, proof == .closed { return "closed, but \(decision.trace)" }
    if decision.action == .ok { return "a stranger gets OK" }
    return FuzzedRequest.misreading(of: decision.action)
  }
}

/// A request of somebody who may not relay, and the replies to it.
enum FuzzedRequest {
  static let stranger: PolicyRequest = {
    let text = """
      request=smtpd_access_policy
      protocol_state=RCPT
      client_address=192.0.2.77
      client_name=mx.example
      reverse_client_name=unknown
      helo_name=a..b
      sender=u+x@b.example
      recipient=a b@c.example


      """
    var decoder = PolicyRequestDecoder()
    guard case .whole(let request, _) = decoder.read(Array(text.utf8).span) else {
      preconditionFailure("the request of the properties is none")
    }
    return request
  }()

  /// Why Postfix would take a reply for another; nil when it doesn't.
  static func misreading(of action: PolicyAction) -> String? {
    let reply = PolicyReply(action).bytes
    guard reply.starts(with: "action=".utf8), reply.suffix(2) == [0x0A, 0x0A] else { return "not framed" }
    let value = reply.dropFirst(7).dropLast(2)
    if value.contains(where: { $0 < 0x20 }) { return "a control character in \(value)" }
    guard String(validating: value, as: UTF8.self) != nil else { return "no UTF-8: \(value)" }
    if value.allSatisfy(\.isASCIIDigit) { return "nothing but digits, which is permit: \(value)" }
    return nil
  }
}
