/// The first word of a script's line.
package enum ScriptKeyword: String, CaseIterable, Sendable {
  case list, table, set, client, helo, login, mail, rcpt, data, etrn, dns, wait, expect

  /// How its line is written.
  package var usage: String {
    switch self {
    case .list: "list NAME = RESTRICTION, …"
    case .table: "table NAME = KEY VALUE; …"
    case .set: "set PARAMETER VALUE"
    case .client: "client NAME ADDRESS [REVERSE-NAME]"
    case .helo: "helo NAME"
    case .login: "login USER [METHOD]"
    case .mail: "mail SENDER"
    case .rcpt: "rcpt RECIPIENT"
    case .data: "data"
    case .etrn: "etrn DOMAIN"
    case .dns: "dns NAME TYPE VALUE…, or dns live"
    case .wait: "wait TIME"
    case .expect: "expect CODE [DSN] [TEXT], or expect OK"
    }
  }
}
