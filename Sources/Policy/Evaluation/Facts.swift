package import MailTypes

/// What is known so far; where a fact is missing the walk stops, and says so.
package struct Facts: Sendable {
  package var tables: TableSet
  /// What greylisting says; nil while nobody has answered.
  package var greylist: PolicyAction?
  /// Why it says so, for the trace.
  package var greylistReason: GreylistReason?
  /// What the DNS has answered.
  package var dns: [DNSQuestion: DNSAnswer]
  /// Lists in the DNS that are not to be believed for now, and why: they have no opinion.
  package var zonesAside: [DomainName: ZoneTrouble]

  package init(
    tables: TableSet = TableSet(), greylist: PolicyAction? = nil, dns: [DNSQuestion: DNSAnswer] = [:],
    zonesAside: [DomainName: ZoneTrouble] = [:]
  ) {
    self.tables = tables
    self.greylist = greylist
    self.dns = dns
    self.zonesAside = zonesAside
  }

  /// Takes what greylisting says, with its reason.
  package mutating func take(_ opinion: GreylistOpinion) {
    greylist = opinion.action
    greylistReason = opinion.reason
  }
}
