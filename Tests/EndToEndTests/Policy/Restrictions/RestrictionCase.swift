import Policy

/// A list of Postfix's, which of its parameters has it, and what senders are told.
struct RestrictionCase: Sendable {
  enum Stage: String, Sendable {
    case client, helo, sender, relay, recipient, data, etrn
    case endOfData = "end_of_data"
  }

  /// A sender, and what both say to him.
  struct Row: Sendable {
    var probe: SMTPProbe
    var reply: String
    /// Ours where it can't be Postfix's own.
    var ours: Difference?
  }

  /// What a policy service makes of it, and why that is not the same.
  struct Difference: Sendable {
    var reply: String
    var reason: PostfixDifference
  }

  var stage: Stage
  /// In main.cf's words; TABLES stands for the tables' directory.
  var list: String
  /// Postfix's own, where it can't have the same: Debian has its pcre: in a package of its own.
  var native: String?
  /// Whether Postfix says what a list has decided only at RCPT TO, as it does by default.
  var isDelayed = true
  var rows: [Row]

  init(_ list: String, at stage: Stage = .recipient, _ rows: Row...) {
    self.list = list
    self.stage = stage
    self.rows = rows
  }

  static let all = simple + destinations + addresses + greetings + clients + logins + accessTables
}

extension RestrictionCase.Row {
  static let accepted = "250 2.1.5 Ok"

  /// A row that differs from the usual sender in what `change` says.
  static func row(
    _ reply: String = accepted, differs ours: String? = nil,
    because reason: PostfixDifference = .classBeforeText,
    _ change: (inout SMTPProbe) -> Void = { _ in }
  ) -> Self {
    var probe = SMTPProbe()
    change(&probe)
    return Self(
      probe: probe, reply: reply,
      ours: ours.map { RestrictionCase.Difference(reply: $0, reason: reason) })
  }

  static func from(_ sender: String, _ reply: String = accepted) -> Self { row(reply) { $0.sender = sender } }

  static func to(_ recipient: String, _ reply: String = accepted) -> Self {
    row(reply) { $0.recipient = recipient }
  }

  static func greeting(_ helo: String?, _ reply: String = accepted) -> Self { row(reply) { $0.helo = helo } }

  static func client(_ address: String, name: String? = "mx.sender.test", _ reply: String = accepted) -> Self
  {
    row(reply) {
      $0.address = address
      $0.name = name
    }
  }

  /// A sender with or without a login.
  static func login(_ login: String?, from sender: String, _ reply: String = accepted) -> Self {
    row(reply) {
      $0.login = login
      $0.sender = sender
    }
  }
}
