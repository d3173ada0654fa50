/// A realm as a request names it, compared without regard to ASCII case: often a mail domain.
package struct RealmName: Hashable, Sendable, CustomStringConvertible {
  private let lowered: CountedString

  /// Nil for the empty realm, which is none.
  package init?(_ realm: CountedString) {
    guard !realm.isEmpty,
      let lowered = CountedString(realm.bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    else { return nil }
    self.lowered = lowered
  }

  /// The same for a realm that stands in a configuration.
  package init?(_ realm: String) {
    guard let counted = CountedString(realm) else { return nil }
    self.init(counted)
  }

  package var description: String { lowered.text }
}
