import Testing

/// One PAM stack, and what becomes of the right password under it (conformance checklist 16, 35).
struct StackCase: Sendable, CustomTestStringConvertible {
  var item: Int
  var title: String
  var stack: String
  var answer: MuxAnswer
  var reference = Reference<MuxAnswer>.same

  var testDescription: String { "\(item) \(title)" }

  private static let faultIsDenial = Reference<MuxAnswer>.differs(
    .no, because: "it knows only yes and no, so an outage is told as a wrong password")
  private static let permitted = "account required pam_permit.so\n"

  static let all = [
    StackCase(
      item: 16, title: "the password store can't be reached",
      stack: "auth required pam_debug.so auth=authinfo_unavail\n" + permitted, answer: .closed,
      reference: faultIsDenial),
    StackCase(
      item: 16, title: "the module fails inside",
      stack: "auth required pam_debug.so auth=system_err\n" + permitted,
      answer: .closed, reference: faultIsDenial),
    StackCase(
      item: 16, title: "the account store can't be reached",
      stack: "auth required pam_unix.so\naccount required pam_debug.so acct=authinfo_unavail\n",
      answer: .closed,
      reference: faultIsDenial),
    StackCase(
      item: 35, title: "the account is refused",
      stack: "auth required pam_unix.so\naccount required pam_deny.so\n",
      answer: .no),
    StackCase(
      item: 35, title: "the account has expired",
      stack: "auth required pam_unix.so\naccount required pam_debug.so acct=acct_expired\n", answer: .no),
    StackCase(
      item: 35, title: "the password must be changed",
      stack: "auth required pam_unix.so\naccount required pam_debug.so acct=new_authtok_reqd\n", answer: .no),
    StackCase(
      item: 35, title: "every password is right", stack: "auth required pam_permit.so\n" + permitted,
      answer: .ok),
  ]
}
