/// A facility of syslog(3), by its name and number.
package enum SyslogFacility: String, CaseIterable, Sendable {
  case kern, user, mail, daemon, auth, syslog, lpr, news, uucp, cron, authpriv, ftp
  case local0, local1, local2, local3, local4, local5, local6, local7

  /// The number of `<syslog.h>`, not shifted.
  package var number: Int {
    guard let place = Self.allCases.firstIndex(of: self) else { preconditionFailure("a case is a case") }
    let numbered = Self.allCases.count - 8
    // 12 to 15 are the system's own.
    return place < numbered ? place : 16 + place - numbered
  }
}
