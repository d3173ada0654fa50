/// A time as main.cf has it: a whole number and `s`, `m`, `h`, `d` or `w`; a bare number is seconds.
package enum PostfixTime {
  private static let units: [(letter: Character, seconds: Int64)] = [
    ("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
  ]

  /// Nil for what is no time, or one of more than ten digits.
  package static func parse(_ text: String) -> Duration? {
    let unit = units.first { $0.letter == text.last }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard (1...10).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Int64(digits)
    else { return nil }
    return .seconds(number * (unit?.seconds ?? 1))
  }

  /// The shortest form in whole units: 300 s is `5m`.
  package static func format(_ time: Duration) -> String {
    let seconds = time.components.seconds
    let unit = units.first { seconds != 0 && seconds % $0.seconds == 0 } ?? ("s", 1)
    return "\(seconds / unit.seconds)\(unit.letter)"
  }
}
