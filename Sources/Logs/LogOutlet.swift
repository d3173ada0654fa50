import Glibc
import Logging
import Settings
import SystemCalls

/// Where the logs of this host listen.
package struct LogSockets: Sendable {
  package var journal = "/run/systemd/journal/socket"
  package var syslog = "/dev/log"

  package init() {}
}

/// Where lines go: to the journal, else to syslog, else to standard error.
///
/// Which of them can be reached is found out anew with each line. The one that takes the lines says which was
/// passed over when that begins, and how many lines were lost when a reader that didn't keep up takes them again.
struct LogOutlet: Sendable {
  private struct Place: Sendable {
    let name: LogSettings.Target
    let socket: DatagramSocket
  }

  private let places: [Place]
  private let standardError: Int32

  /// Begins with `target`, and knows those after it.
  init(_ target: LogSettings.Target, sockets: LogSockets, standardError: Int32) {
    let journal = Place(name: .journal, socket: DatagramSocket(sockets.journal))
    let syslog = Place(name: .syslog, socket: DatagramSocket(sockets.syslog))
    places =
      switch target {
      case .journal: [journal, syslog]
      case .syslog: [syslog]
      case .stderr: []
      }
    self.standardError = standardError
  }

  func write(_ record: LogRecord) {
    var notes: [LogLine] = []
    for place in places {
      switch place.socket.send(record.datagram(for: place.name)) {
      case .sent:
        let dropped = place.socket.takeDropped()
        if dropped > 0 { notes.append(.linesLost(dropped)) }
        for note in notes { _ = place.socket.send(record.noting(note).datagram(for: place.name)) }
        return
      case .dropped: return
      case .unreachable(let error, let isNews):
        if isNews { notes.append(.unreachable(place.name, place.socket.path, error)) }
      }
    }
    for line in [record] + notes.map(record.noting) { writeToTerminal(line.terminalLine) }
  }

  private func writeToTerminal(_ line: [UInt8]) {
    // Where would a failure be told?
    _ = Glibc.write(standardError, line, line.count)
  }
}

extension LogLine {
  fileprivate static func unreachable(
    _ name: LogSettings.Target, _ path: String, _ error: SystemError
  ) -> LogLine {
    var line = LogLine("\(name.rawValue) can't be reached, logging elsewhere until it can")
    line.add(.path, path)
    line.add(.error, error.reason)
    return line
  }

  fileprivate static func linesLost(_ count: Int) -> LogLine {
    var line = LogLine("log lines were lost, their reader didn't keep up")
    line.add(.count, count)
    return line
  }
}

extension LogRecord {
  fileprivate func datagram(for target: LogSettings.Target) -> [UInt8] {
    target == .journal ? journalDatagram : syslogDatagram
  }

  /// A warning about the log itself, at the same moment.
  fileprivate func noting(_ note: LogLine) -> LogRecord {
    LogRecord(
      line: note, level: .warning, wording: wording, format: format, facility: facility, time: time, pid: pid)
  }
}
