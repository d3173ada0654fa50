import Policy

extension RestrictionCase {
  private static let denied = "554 5.7.1 <u@lab.example>: Recipient address rejected: Access denied"
  private static let later = "450 4.3.2 <u@lab.example>: Recipient address rejected: Try again later"
  private static let requested =
    "450 4.7.0 <u@lab.example>: Recipient address rejected: defer_if_permit requested"

  /// Those that need no look at anything, and the ways to join them.
  static let simple = [
    RestrictionCase("permit", .row()),
    RestrictionCase("reject", .row(denied)),
    RestrictionCase("defer, reject", .row(later)),
    RestrictionCase("defer_if_permit, reject", .row(denied)),
    RestrictionCase("defer_if_permit, permit", .row(requested)),
    RestrictionCase("defer_if_permit, defer", .row(later)),
    RestrictionCase(
      "defer_if_reject, reject",
      .row("450 4.7.0 <u@lab.example>: Recipient address rejected: defer_if_reject requested")),
    RestrictionCase("defer_if_reject, defer", .row(later)),
    RestrictionCase("defer_if_reject, permit", .row()),
    RestrictionCase("warn_if_reject reject, defer", .row(later)),
    RestrictionCase("warn_if_reject defer_if_permit, permit", .row()),
    RestrictionCase(
      "reject", at: .client,
      .row(
        "554 5.7.1 <mx.sender.test[192.0.2.77]>: Client host rejected: Access denied")),
    RestrictionCase(
      "reject", at: .helo,
      .row(
        "554 5.7.1 <mx.sender.test>: Helo command rejected: Access denied")),
    RestrictionCase(
      "reject", at: .sender,
      .row(
        "554 5.7.1 <a@sender.test>: Sender address rejected: Access denied")),
    RestrictionCase(
      "strict, reject",
      .row(
        "504 5.5.2 <a@sender>: Sender address rejected: need fully-qualified address",
        differs: "504 5.5.2 <u@lab.example>: Recipient address rejected: need fully-qualified address",
        because: .classBeforeText
      ) { $0.sender = "a@sender" },
      .from("a@friend.test"), .from("a@sender.test", denied)),
  ]
}
