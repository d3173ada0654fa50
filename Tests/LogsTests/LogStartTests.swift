import Glibc
import Logging
import Settings
import TestKit
import Testing

@testable import Logs

@Suite struct LogStartTests {
  private let journal = DatagramReader(isListening: false)
  private let syslog = DatagramReader(isListening: false)
  private let terminal = Pipe()

  /// Standard error, kept.
  private final class Pipe {
    private var ends: [Int32] = [-1, -1]
    var input: Int32 { ends[1] }

    init() {
      precondition(pipe(&ends) == 0)
      for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit { ends.forEach { close($0) } }

    func readAll() -> String {
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(ends[0], &room, room.count)
      return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
    }
  }

  private func logger(_ target: LogSettings.Target, level: LogSettings.Level = .info) -> Logger {
    var settings = LogSettings()
    settings.target = target
    settings.level = level
    var sockets = LogSockets()
    sockets.journal = journal.path
    sockets.syslog = syslog.path
    return LogStart.logger(settings, sockets: sockets, standardError: terminal.input)
  }

  @Test(arguments: [
    (LogSettings.Target.journal, true, true, 1, 0, ""),
    (.journal, false, true, 0, 2, ""),
    (.journal, false, false, 0, 0, "hello|journal can't be reached|syslog can't be reached"),
    (.syslog, true, true, 0, 1, ""),
    (.syslog, true, false, 0, 0, "hello|syslog can't be reached"),
    (.stderr, true, true, 0, 0, "hello"),
  ])
  func `lines go to the first place that can be reached, which says what was passed over`(
    target: LogSettings.Target, hasJournal: Bool, hasSyslog: Bool, inJournal: Int, inSyslog: Int,
    onTerminal: String
  ) {
    if hasJournal { journal.start() }
    if hasSyslog { syslog.start() }
    logger(target).log(.info, LogLine("hello"))
    #expect(journal.readAll().count == inJournal)
    #expect(syslog.readAll().count == inSyslog)
    let lines = terminal.readAll().split(separator: "\n")
    let expected = onTerminal.split(separator: "|")
    #expect(lines.count == expected.count)
    for (line, part) in zip(lines, expected) { #expect(line.contains(part)) }
  }

  @Test func `a syslogd that was started again gets the next line`() {
    syslog.start()
    let logger = logger(.syslog)
    logger.log(.info, LogLine("one"))
    syslog.stop()
    logger.log(.info, LogLine("two"))
    logger.log(.info, LogLine("three"))
    syslog.start()
    logger.log(.info, LogLine("four"))
    #expect(syslog.readAll().map { $0.suffix(4) } == ["four"])
    let lines = terminal.readAll().split(separator: "\n")
    #expect(lines.map { $0.contains("can't be reached") } == [false, true, false], "told once")
  }

  @Test func `a reader that was replaced between two lines costs none`() {
    syslog.start()
    let logger = logger(.syslog)
    logger.log(.info, LogLine("one"))
    syslog.stop()
    syslog.start()
    logger.log(.info, LogLine("two"))
    #expect(syslog.readAll().map { $0.suffix(3) } == ["two"])
    #expect(terminal.readAll().isEmpty)
  }

  @Test func `a reader that doesn't keep up costs lines, which are counted, and no time`() throws {
    syslog.start()
    let logger = logger(.syslog)
    for _ in 0..<5000 { logger.log(.info, LogLine("flood")) }
    let kept = syslog.readAll().count
    try #require(kept < 5000)
    logger.log(.info, LogLine("after"))
    let after = syslog.readAll()
    #expect(after.count == 2)
    let note = "log lines were lost, their reader didn't keep up count=\(5000 - kept)"
    #expect(after.last?.hasSuffix(note) == true)
    #expect(terminal.readAll().isEmpty)
  }

  @Test(arguments: [(LogSettings.Level.debug, 4), (.info, 3), (.warning, 2), (.error, 1)])
  func `lines below the level are left out`(level: LogSettings.Level, count: Int) {
    let logger = logger(.stderr, level: level)
    for level in [Logger.Level.debug, .info, .warning, .error] { logger.log(level, LogLine("line")) }
    #expect(terminal.readAll().split(separator: "\n").count == count)
  }

  @Test func `what another package logs is escaped like ours`() {
    var logger = logger(.stderr)
    logger[metadataKey: "a b"] = "1\n2"
    logger.info("from\nelsewhere", metadata: ["list": ["x", "y"]])
    let line = terminal.readAll()
    #expect(line.hasSuffix(#": from\x0aelsewhere a_b="1\x0a2" list="[\"x\", \"y\"]""# + "\n"))
  }
}
