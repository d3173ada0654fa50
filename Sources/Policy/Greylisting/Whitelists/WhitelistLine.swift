import Expressions
import MailTypes

/// One line of a whitelist without its comment and the blanks around.
struct WhitelistLine: Equatable {
  /// The longest rule, bytes.
  static let longest = 4096

  let number: Int
  let text: ArraySlice<UInt8>

  /// The lines of a file that have something in them.
  static func lines(of file: [UInt8]) -> [WhitelistLine] {
    file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().compactMap {
      let text = trim($1.prefix { $0 != UInt8(ascii: "#") })
      return text.isEmpty ? nil : WhitelistLine(number: $0 + 1, text: text)
    }
  }

  /// Hands every line of a file to `take`.
  ///
  /// - Returns: what is wrong with those that it refuses, in their order.
  static func faults(
    of file: [UInt8], _ take: (WhitelistLine) throws(WhitelistFault) -> Void
  ) -> [WhitelistFault] {
    lines(of: file).compactMap { line in
      do throws(WhitelistFault) {
        try take(line)
        return nil
      } catch {
        return error
      }
    }
  }

  var hasBlank: Bool { text.contains(where: Self.isBlank) }

  /// What stands between slashes.
  var expression: ArraySlice<UInt8>? {
    guard text.count > 2, text.first == UInt8(ascii: "/"), text.last == UInt8(ascii: "/"), !hasBlank
    else { return nil }
    return text.dropFirst().dropLast()
  }

  private static func trim(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }

  /// Perl's `\s`.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
