import Logging
import Settings

/// A line with all that a place for logs needs to write it down.
struct LogRecord {
  let line: LogLine
  let level: Logger.Level
  let wording: LogSettings.Wording
  let format: LogSettings.Format
  let facility: SyslogFacility
  let time: LocalTime
  let pid: Int32

  /// As the log calls the program.
  var program: String {
    switch wording {
    case .postern: "postern"
    case .saslauthd: "saslauthd"
    case .postgrey: "postgrey"
    }
  }

  /// RFC 5424's number for how bad it is.
  var severity: Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }

  /// The line without a frame, in the format that was chosen.
  ///
  /// In our own words, trouble is marked in Postfix's manner, `warning: `; saslauthd's stay as they are.
  func message(namingFunction: Bool) -> [UInt8] {
    switch format {
    case .json: line.json(leading: jsonMembers)
    case .text: Array(marker.utf8) + line.text(namingFunction: namingFunction)
    }
  }

  private var marker: String {
    switch (wording, level) {
    case (.postern, .warning): "warning: "
    case (.postern, .error), (.postern, .critical): "error: "
    default: ""
    }
  }

  private var jsonMembers: [LogField] {
    [
      LogField(key: "time", value: Array(time.rfc3339.utf8), form: .text),
      LogField(key: "program", value: Array(program.utf8), form: .text),
      LogField(key: "pid", value: Array(String(pid).utf8), form: .number),
      LogField(key: "level", value: Array(level.rawValue.utf8), form: .text),
    ]
  }
}
