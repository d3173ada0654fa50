import Glibc
import Logging
import Settings
import Testing

@testable import Logs

@Suite struct LogRecordTests {
  private static let moment = timespec(tv_sec: 1_793_774_487, tv_nsec: 93_999_999)

  /// What strftime makes of the moment, in whatever zone the tests run.
  private func stamp(_ format: String) -> String {
    var (seconds, fields) = (Self.moment.tv_sec, tm())
    localtime_r(&seconds, &fields)
    var room = [CChar](repeating: 0, count: 64)
    let count = strftime(&room, room.count, format, &fields)
    return String(decoding: room.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func record(
    _ level: Logger.Level, _ wording: LogSettings.Wording, _ format: LogSettings.Format = .text
  ) -> LogRecord {
    var line = LogLine(saslauthd: "auth failure:", function: "do_auth")
    line.bracket(.user, "bob")
    return LogRecord(
      line: line, level: level, wording: wording, format: format, facility: .auth,
      time: LocalTime(Self.moment), pid: 42)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    (Logger.Level.debug, LogSettings.Wording.saslauthd, "<39>", "saslauthd"),
    (.info, .saslauthd, "<38>", "saslauthd"),
    (.notice, .postern, "<37>", "postern"),
    (.warning, .postern, "<36>", "postern"),
    (.error, .postern, "<35>", "postern"),
  ])
  func `syslog gets priority, time, program and line`(
    level: Logger.Level, wording: LogSettings.Wording, priority: String, program: String
  ) {
    let marker = level == .warning ? "warning: " : level == .error ? "error: " : ""
    let frame = "\(priority)\(stamp("%b %e %T")) \(program)[42]: \(marker)"
    #expect(
      text(record(level, wording).syslogDatagram) == "\(frame)do_auth         : auth failure: [user=bob]")
  }

  @Test func `a terminal shows what the real one's debugging shows, or the time`() {
    #expect(text(record(.info, .saslauthd).terminalLine) == "saslauthd[42] :auth failure: [user=bob]\n")
    #expect(
      text(record(.warning, .postern).terminalLine)
        == "\(stamp("%F %T")).093 postern[42]: warning: auth failure: [user=bob]\n")
  }

  @Test func `the journal gets its fields`() {
    #expect(
      text(record(.info, .saslauthd).journalDatagram)
        == """
        PRIORITY=6
        SYSLOG_FACILITY=4
        SYSLOG_IDENTIFIER=saslauthd
        SYSLOG_PID=42
        MESSAGE=do_auth         : auth failure: [user=bob]

        """)
  }

  @Test func `JSON is one object and says who, when and how bad`() {
    let zone = stamp("%z")
    #expect(
      text(record(.error, .postern, .json).terminalLine)
        == #"{"time":"\#(stamp("%FT%T")).093\#(zone.prefix(3)):\#(zone.suffix(2))","program":"postern","#
        + #""pid":42,"level":"error","event":"auth failure:","user":"bob"}"# + "\n")
  }

  @Test(arguments: [LogSettings.Wording.postern, .saslauthd], [LogSettings.Format.text, .json])
  func `the longest line with all that stands before it fits into a kilobyte`(
    wording: LogSettings.Wording, format: LogSettings.Format
  ) {
    var line = LogLine(
      saslauthd: String(repeating: "w", count: 3000), function: String(repeating: "f", count: 99))
    for _ in 0..<20 { line.add(.login, String(repeating: "\n", count: 3000)) }
    let record = LogRecord(
      line: line, level: .warning, wording: wording, format: format, facility: .auth,
      time: LocalTime(Self.moment),
      pid: 4_194_304)
    #expect(record.terminalLine.count <= 1024)
    #expect(record.syslogDatagram.count <= 1024)
  }
}
