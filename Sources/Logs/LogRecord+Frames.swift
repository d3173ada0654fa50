import Settings

extension LogRecord {
  /// One line for standard error.
  var terminalLine: [UInt8] {
    let message = message(namingFunction: false)
    let prefix =
      switch (format, wording) {
      case (.json, _): ""
      case (.text, .postern): "\(time.readable) \(program)[\(pid)]: "
      case (.text, .saslauthd): "\(program)[\(pid)] :"
      case (.text, .postgrey): ""
      }
    return Array(prefix.utf8) + message + [UInt8(ascii: "\n")]
  }

  /// One datagram for /dev/log, in the form of RFC 3164 that syslog(3) sends.
  var syslogDatagram: [UInt8] {
    let prefix = "<\(facility.number * 8 + severity)>\(time.syslog) \(program)[\(pid)]: "
    return Array(prefix.utf8) + message(namingFunction: true)
  }

  /// One datagram of the journal's native protocol: a field a line.
  var journalDatagram: [UInt8] {
    let fields = """
      PRIORITY=\(severity)
      SYSLOG_FACILITY=\(facility.number)
      SYSLOG_IDENTIFIER=\(program)
      SYSLOG_PID=\(pid)
      MESSAGE=
      """
    return Array(fields.utf8) + message(namingFunction: true) + [UInt8(ascii: "\n")]
  }
}
