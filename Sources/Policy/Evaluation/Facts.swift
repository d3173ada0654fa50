package import MailTypes

/// What is known so far.
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
  package var patience: Patience

  /// What becomes of a fact that is missing.
  package enum Patience: Sendable {
    /// The walk stops there, and says so.
    case waits
    /// Time is up: it is unknown, and each restriction says what then. The DNS has given no answer in time.
    case isOver
  }

  package init(
    tables: TableSet = TableSet(), greylist: PolicyAction? = nil, dns: [DNSQuestion: DNSAnswer] = [:],
    zonesAside: [DomainName: ZoneTrouble] = [:], patience: Patience = .waits
  ) {
    self.tables = tables
    self.greylist = greylist
    self.dns = dns
    self.zonesAside = zonesAside
    self.patience = patience
  }

  /// Takes what greylisting says, with its reason.
  package mutating func take(_ opinion: GreylistOpinion) {
    greylist = opinion.action
    greylistReason = opinion.reason
  }
}
