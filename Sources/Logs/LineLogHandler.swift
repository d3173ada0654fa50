import Glibc
package import Logging
import Settings

/// swift-log's back end: makes each event one line, and gives it to the outlet.
struct LineLogHandler: LogHandler {
  let outlet: LogOutlet
  let wording: LogSettings.Wording
  let format: LogSettings.Format
  let facility: SyslogFacility
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    outlet.write(
      LogRecord(
        line: line(of: event), level: event.level, wording: wording, format: format, facility: facility,
        time: .now, pid: getpid()))
  }

  /// Ours as it was given; what other packages log as words, with their metadata in the order of its keys.
  private func line(of event: LogEvent) -> LogLine {
    var rest = metadata
    rest.merge(metadataProvider?.get() ?? [:]) { $1 }
    rest.merge(event.metadata ?? [:]) { $1 }
    let ours = rest.removeValue(forKey: LogLine.metadataKey).flatMap { LogLine(carriedBy: $0) }
    var line = ours ?? LogLine(event.message.description)
    for (key, value) in rest.sorted(by: { $0.key < $1.key }) { line.add(foreign: key, value.description) }
    if let error = event.error { line.add(.error, String(describing: error)) }
    return line
  }
}

extension LogLine {
  /// Under which a line travels through swift-log, whose own metadata has no order.
  fileprivate static let metadataKey = "postern-line"

  fileprivate init?(carriedBy value: Logger.MetadataValue) {
    guard case .stringConvertible(let carried) = value, let line = carried as? LogLine else { return nil }
    self = line
  }
}

extension Logger {
  /// Logs one of our lines, which is made only when the level is of interest.
  package func log(_ level: Level, _ line: @autoclosure () -> LogLine) {
    guard level >= logLevel else { return }
    let line = line()
    log(level: level, "\(line.words)", metadata: [LogLine.metadataKey: .stringConvertible(line)])
  }
}
