/// An SMTP code that refuses: 400 to 599.
package struct StatusCode: Hashable, Sendable {
  package let value: Int

  /// Nil for what Postfix would not take for a code of its own choosing: 250 and 354 end in "unknown restriction".
  package init?(_ value: Int) {
    guard (400...599).contains(value) else { return nil }
    self.value = value
  }
}
