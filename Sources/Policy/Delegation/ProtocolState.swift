/// The SMTP command at which Postfix asks; with `smtpd_delay_reject = yes` that is RCPT for most lists.
package enum ProtocolState: String, CaseIterable, Sendable {
  case connect = "CONNECT"
  case ehlo = "EHLO"
  case helo = "HELO"
  case mail = "MAIL"
  case rcpt = "RCPT"
  case data = "DATA"
  case endOfMessage = "END-OF-MESSAGE"
  case vrfy = "VRFY"
  case etrn = "ETRN"
  /// Client checks that run again after XCLIENT; documented nowhere.
  case xclient = "XCLIENT"
}
