package import MailTypes

/// One rule of a table, for those who ask what a table may answer.
package struct TableRow: Sendable {
  /// Where it stands, as in `TableFault`.
  package let line: Int
  package let key: Key
  package let value: [UInt8]
  /// Whether parts of what matched go into the value.
  package let hasReplacements: Bool

  /// A result that it may have, and that is the same in its first word as all others; nil when there is none.
  var sample: [UInt8]? {
    if !hasReplacements { return value }
    guard let replacement = try? Replacement(value[...]), replacement.hasFixedWord else { return nil }
    return replacement.sample
  }

  /// What it matches.
  package enum Key: Sendable, Equatable {
    case exact([UInt8])
    case network(IPNetwork)
    /// Anything else: an expression, everything but a network.
    case any
  }
}
