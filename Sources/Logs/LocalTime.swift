import Glibc

/// A moment as this host's clock and zone show it.
struct LocalTime {
  private let fields: tm
  private let milliseconds: Int

  init(_ time: timespec) {
    var fields = tm()
    var seconds = time.tv_sec
    localtime_r(&seconds, &fields)
    self.fields = fields
    milliseconds = time.tv_nsec / 1_000_000
  }

  static var now: LocalTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return LocalTime(time)
  }

  /// As RFC 3164 has it: `Nov  4 06:41:27`.
  var syslog: String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(months[Int(fields.tm_mon)]) \(padded(fields.tm_mday, to: 2, with: " ")) \(time)"
  }

  /// For people: `2026-11-04 06:41:27.093`.
  var readable: String { "\(date) \(time).\(padded(milliseconds, to: 3))" }

  /// As RFC 3339 has it: `2026-11-04T06:41:27.093+01:00`.
  var rfc3339: String {
    let minutes = abs(fields.tm_gmtoff) / 60
    let sign = fields.tm_gmtoff < 0 ? "-" : "+"
    let zone = "\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
    return "\(date)T\(time).\(padded(milliseconds, to: 3))\(sign)\(zone)"
  }

  private var date: String {
    "\(fields.tm_year + 1900)-\(padded(fields.tm_mon + 1, to: 2))-\(padded(fields.tm_mday, to: 2))"
  }

  private var time: String {
    "\(padded(fields.tm_hour, to: 2)):\(padded(fields.tm_min, to: 2)):\(padded(fields.tm_sec, to: 2))"
  }

  private func padded(_ number: some BinaryInteger, to width: Int, with filler: Character = "0") -> String {
    let digits = String(number)
    return String(repeating: filler, count: max(0, width - digits.count)) + digits
  }
}
