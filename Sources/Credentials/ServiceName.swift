/// The name of an application that asks (smtp, imap …): also the name of a PAM file.
///
/// Lower-cased, and of characters that can't leave a directory: letters, digits, `_`, `-` and `.`, not first.
package struct ServiceName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Nil for what can't be a service's name.
  package init?(_ name: CountedString) {
    let lowered = name.bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let first = lowered.first, first != UInt8(ascii: "."), lowered.allSatisfy(Self.allows) else {
      return nil
    }
    description = String(decoding: lowered, as: UTF8.self)
  }

  /// The same for a name that stands in a configuration.
  package init?(_ name: String) {
    guard let counted = CountedString(name) else { return nil }
    self.init(counted)
  }

  private static func allows(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
