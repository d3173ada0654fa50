import Policy
import Settings
import Testing

/// Settings can't import Policy: what both know of main.cf has to agree.
@Suite struct ParameterNamesTests {
  @Test func `[parameters] takes what restrictions consult`() {
    #expect(RestrictionParameter.all.map(\.name).sorted() == PolicyParameters.names)
  }

  @Test(arguments: RestrictionParameter.all.map { ($0.name, $0.postfixDefault) })
  func `a parameter's default is Policy's`(name: String, text: String) throws {
    var parameters = PolicyParameters()
    try parameters.set(name, to: text)
    #expect(parameters == PolicyParameters())
  }

  @Test func `[mail] takes what lists consult, and this host's addresses`() {
    let names = MailDomains.names + ["inet_interfaces", "proxy_interfaces"]
    #expect(MailParameter.allCases.map(\.rawValue).sorted() == names.sorted())
  }
}
