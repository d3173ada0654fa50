import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are a template: broken or not, what is answered with it refuses, in a way that Postfix understands.
  package static let replyTemplate = DecoderProperty("ReplyTemplate") { bytes in
    let list = ListName("fuzz")
    let lists = RestrictionLists.read(
      policies: [(name: list, items: ["reject_rbl_client bl.example"])], named: []
    ).lists
    var policy = MailPolicy(lists: lists)
    if let template = ReplyTemplate(bytes) { policy.parameters.defaultRBLReply = template }
    guard let read = lists.policies[list], let name = DomainName("77.2.0.192.bl.example"),
      let code = IPAddress("127.0.0.2")
    else { return "the list is lost" }
    let facts = Facts(dns: [
      DNSQuestion(name, .a): .records([.address(code)]), DNSQuestion(name, .txt): .records([.text(bytes)]),
    ])
    guard case .decided(let decision) = policy.evaluate(FuzzedRequest.stranger, by: read, facts) else {
      return "it waits, although all is known"
    }
    guard case .refused(let refusal) = decision.verdict else { return "\(decision.verdict) refuses nobody" }
    if refusal.status.kind != refusal.code.value / 100 { return "a status of another kind: \(refusal)" }
    return FuzzedRequest.misreading(of: decision.action)
  }
}
