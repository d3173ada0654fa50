extension RestrictionCase {

  /// Addresses that lack a domain, or a part of it.
  static let addresses = [
    RestrictionCase(
      "reject_non_fqdn_sender", at: .sender,
      .from("u", "504 5.5.2 <u>: Sender address rejected: need fully-qualified address"),
      .from("u@host", "504 5.5.2 <u@host>: Sender address rejected: need fully-qualified address"),
      .from("u@host.", "504 5.5.2 <u@host.>: Sender address rejected: need fully-qualified address"),
      .from("u@host.test"), .from("u@host.test."), .from("u@[192.0.2.1]"), .from("")),
    RestrictionCase(
      "reject_non_fqdn_recipient",
      .to("u", "504 5.5.2 <u>: Recipient address rejected: need fully-qualified address"),
      .to("u@host", "504 5.5.2 <u@host>: Recipient address rejected: need fully-qualified address"),
      .to("u@host.", "504 5.5.2 <u@host.>: Recipient address rejected: need fully-qualified address"),
      .to("u@host.test"), .to("u@host.test."), .to("u@[192.0.2.1]"),
      .to("postmaster")),
  ]
}
