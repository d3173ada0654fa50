import Policy
import Testing

extension EndToEnd {
  /// Lists as their operators run them: rbldnsd, and a resolver between it and the mail host.
  @Suite struct BlocklistTests {
    private static func row(_ tail: String?, _ change: @escaping (inout SMTPProbe) -> Void)
      -> RestrictionCase.Row
    {
      guard let tail else { return .row(RestrictionCase.Row.accepted, change) }
      let text = "Service unavailable; \(tail)"
      return .row(
        "554 5.7.1 \(text)", differs: "554 5.7.1 <u@lab.example>: Recipient address rejected: \(text)",
        because: .listedText, change)
    }

    private static func client(_ address: String, _ reason: String? = nil, by zone: String = "")
      -> RestrictionCase.Row
    {
      row(reason.map { "Client host [\(address)] blocked using \(zone)\($0)" }) { $0.address = address }
    }

    private static func sender(_ sender: String, _ reason: String? = nil) -> RestrictionCase.Row {
      row(reason.map { "Sender address [\(sender)] blocked using names.example; \($0) sends spam" }) {
        $0.sender = sender
      }
    }

    private static let cases = [
      RestrictionCase(
        "reject_rbl_client set.example",
        client("192.0.2.9", "; Listed, see http://set.example/?192.0.2.9", by: "set.example"),
        client("198.51.100.8", "; a network that spams", by: "set.example"), client("198.51.100.7"),
        client("192.0.2.77"), client("2001:db8:1:2::9")),
      RestrictionCase("reject_rbl_client set.example=127.0.0.2", client("198.51.100.8")),
      RestrictionCase(
        "reject_rbl_client trie.example", client("203.0.113.6", "; dynamic", by: "trie.example"),
        client("203.0.113.5"), client("203.0.113.17", "", by: "trie.example"), client("203.0.113.128")),
      RestrictionCase(
        "reject_rbl_client six.example", client("2001:db8:1:2::9", "; six", by: "six.example"),
        client("2001:db8:1:2::7"), client("2001:db8:1:3::9"), client("192.0.2.9")),
      RestrictionCase(
        "reject_rhsbl_sender names.example", sender("a@spam.example", "spam.example"),
        sender("a@sub.spam.example"), sender("a@wild.example", "wild.example"),
        sender("a@x.wild.example", "wild.example"), sender("a@good.wild.example")),
    ]

    @Test(arguments: [false, true])
    func `rbldnsd's formats get the same answers from Postfix and from us`(withUnbound: Bool) async throws {
      let run = try RunDirectory()
      let lists = try await Rbldnsd(Blocklists.all, in: run)
      let unbound =
        withUnbound
        ? try await Unbound(asking: Blocklists.all.map { ($0.name, lists.address) }, in: run) : nil
      let server = unbound?.address ?? lists.address
      try await RestrictionHost.with(Self.cases, options: .init(nameServer: server)) { host in
        try await host.compare(Self.cases)
        // No list of these was believed to lie.
        let status = try await host.gateway.postern(["status"])
        #expect(
          status.output.contains("zones         names.example, set.example, six.example, trie.example"),
          "\(status)")
        #expect(!host.gateway.log.contains("set aside"), host.logs)
      }
      try await unbound?.stop()
      try await lists.stop()
    }
  }
}
