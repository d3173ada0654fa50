import ArgumentParser
import Settings

/// A time on the command line, in Postfix's notation.
enum MailTime {
  static func seconds(_ text: String) throws -> Int64 {
    guard let time = PostfixTime.parse(text) else {
      throw ValidationError("'\(text)' is no time: 90, 90s, 10m, 2h, 1d, 1w")
    }
    return time.components.seconds
  }
}
