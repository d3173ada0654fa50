import Glibc
import Policy

extension WallTime {
  /// The time of this host, in its own zone.
  static var now: WallTime {
    var seconds = time(nil)
    var local = tm()
    guard localtime_r(&seconds, &local) != nil else { return WallTime(seconds: Int64(seconds)) }
    let zone = local.tm_zone.map { String(cString: $0) } ?? "UTC"
    return WallTime(seconds: Int64(seconds), offset: local.tm_gmtoff, zone: zone)
  }
}
