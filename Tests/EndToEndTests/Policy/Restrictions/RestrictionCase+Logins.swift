extension RestrictionCase {
  private static func notOwned(_ login: String, _ sender: String) -> Row {
    .login(
      login, from: sender, "553 5.7.1 <\(sender)>: Sender address rejected: not owned by user \(login)")
  }

  private static func notLoggedIn(_ sender: String) -> Row {
    .login(nil, from: sender, "553 5.7.1 <\(sender)>: Sender address rejected: not logged in")
  }

  /// Alice owns a@lab.example and, with Bob, all of shared.test.
  private static let owned: [Row] = [
    .login("alice", from: "a@lab.example"), .login("ALICE", from: "A+ext@lab.example"),
    .login("alice", from: "x@shared.test"), .login("bob", from: "x@shared.test"), .login("alice", from: ""),
    .login(nil, from: ""), .login(nil, from: "free@lab.example"), .login("alice", from: "a"),
  ]
  private static let stolen = ["a@lab.example", "a+ext@lab.example", "x@shared.test"]

  private static func logins(_ list: String, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list, at: .sender)
    row.rows = owned + rows
    return row
  }

  /// Who may use which sender address.
  static let logins = [
    logins(
      "reject_sender_login_mismatch",
      stolen.map { notOwned("eve", $0) } + stolen.map { notLoggedIn($0) }
        + [notOwned("alice", "free@lab.example")]),
    logins(
      "reject_authenticated_sender_login_mismatch",
      stolen.map { notOwned("eve", $0) } + stolen.map { .login(nil, from: $0) }
        + [notOwned("alice", "free@lab.example")]),
    logins(
      "reject_unauthenticated_sender_login_mismatch",
      stolen.map { .login("eve", from: $0) } + stolen.map { notLoggedIn($0) }
        + [.login("alice", from: "free@lab.example")]),
    logins(
      "reject_known_sender_login_mismatch",
      stolen.map { notOwned("eve", $0) } + stolen.map { notLoggedIn($0) }
        + [.login("alice", from: "free@lab.example")]),
  ]
}
