/// A client as XCLIENT lets one pretend to be, and the mail that it offers.
struct SMTPProbe: Sendable, Equatable {
  /// Nil: it has none that leads back to its address.
  var name: String? = "mx.sender.test"
  /// What it lacks of names couldn't be found out.
  var isNameUnclear = false
  var address = "192.0.2.77"
  var port = 40_123
  /// Nil: its address has none.
  var reverseName: String? = "mx.sender.test"
  /// Nil: it doesn't say.
  var helo: String? = "mx.sender.test"
  var login: String?
  var sender = "a@sender.test"
  var recipient = "u@lab.example"

  /// The command that makes Postfix believe it.
  var xclient: String {
    let isIPv6 = address.contains(":")
    let none = isNameUnclear ? "[TEMPUNAVAIL]" : "[UNAVAILABLE]"
    let values = [
      "NAME=\(name ?? none)", "ADDR=\(isIPv6 ? "IPV6:" : "")\(address)", "PORT=\(port)",
      "REVERSE_NAME=\(reverseName ?? none)", "LOGIN=\(login ?? "[UNAVAILABLE]")",
    ]
    return "XCLIENT \(values.joined(separator: " "))"
  }
}
