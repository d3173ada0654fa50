package import MailTypes

/// Why a list in the DNS can't be believed.
package enum ZoneTrouble: Sendable, Hashable {
  /// Its negative test entry is listed.
  case listsEverything
  /// Its positive test entry isn't listed.
  case hasNoTestEntry
  /// It doesn't answer.
  case isDead
  /// It doesn't answer, and neither does any name server.
  case isOutOfReach
  /// It answers with a code that says who asks is not to be answered.
  case refuses(IPAddress)
  /// It answers with an address that is no code of a list.
  case answersOutside(IPAddress)
}

extension ZoneTrouble: CustomStringConvertible {
  /// What is wrong, and what to do.
  package var description: String {
    switch self {
    case .listsEverything:
      "it lists its test entry that must not be listed, so everything: take it out of your lists"
    case .hasNoTestEntry:
      "it doesn't list its test entry: it is dead or refuses you; take it out, or say probe = false in its "
        + "[dns.zone] when it has no test entries"
    case .isDead: "it doesn't answer: see whether it still exists"
    case .isOutOfReach: "no name server answers: see whether your resolver runs"
    case .refuses(let code):
      "it answers \(code), which means that it refuses you: your resolver is public or asks too much; run a "
        + "local one"
    case .answersOutside(let address):
      "it answers \(address), which is no code of a list: its domain may have changed hands, or your resolver "
        + "makes answers up"
    }
  }
}
