/// A moment on the host's clock, with what its time zone makes of it.
///
/// Greylisting counts in whole Unix seconds, as its database does; the zone is for the header's date alone.
package struct WallTime: Equatable, Sendable {
  /// Since 1970.
  package let seconds: Int64
  /// How far local time is ahead of UTC, seconds.
  package let offset: Int
  /// The zone's abbreviation, for example CET.
  package let zone: String

  package init(seconds: Int64, offset: Int = 0, zone: String = "UTC") {
    self.seconds = seconds
    self.offset = offset
    self.zone = zone
  }

  /// As strftime's `%a, %d %b %Y %T %Z` has it in the C locale.
  package var date: String {
    let local = seconds + Int64(offset)
    let day = Self.floorDivision(local, 86_400)
    let time = local - day * 86_400
    let (year, month, dayOfMonth) = Self.civil(day)
    // 1970 began on a Thursday.
    let weekday = Int(day + 4 - Self.floorDivision(day + 4, 7) * 7)
    return Self.weekdays[weekday] + ", " + Self.twoDigits(Int64(dayOfMonth)) + " " + Self.months[month - 1]
      + " \(year) " + Self.twoDigits(time / 3600) + ":" + Self.twoDigits(time / 60 % 60) + ":"
      + Self.twoDigits(time % 60) + " " + zone
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func floorDivision(_ number: Int64, _ by: Int64) -> Int64 {
    number >= 0 ? number / by : (number - by + 1) / by
  }

  /// The date of a day counted from 1970, by Hinnant's algorithm: years begin in March, so that leap days come last.
  private static func civil(_ day: Int64) -> (year: Int64, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = floorDivision(shifted, 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, Int(month), Int(ofYear - (153 * shiftedMonth + 2) / 5 + 1))
  }
}
