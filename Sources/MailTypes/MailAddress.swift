/// A sender or recipient in Postfix's internal form: raw bytes, unquoted, not necessarily UTF-8.
///
/// Empty for the null sender. It may have no domain: Postfix neither qualifies nor rewrites what it asks about.
package struct MailAddress: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  package init(_ text: String) { bytes = Array(text.utf8) }

  package var isNull: Bool { bytes.isEmpty }

  /// What stands before the last `@`; all of it when there is none.
  package var localPart: ArraySlice<UInt8> { bytes[..<(lastAt ?? bytes.endIndex)] }

  /// What stands after the last `@`, perhaps nothing; nil when there is none.
  package var domain: ArraySlice<UInt8>? { lastAt.map { bytes[($0 + 1)...] } }

  private var lastAt: Int? { bytes.lastIndex(of: UInt8(ascii: "@")) }
}
