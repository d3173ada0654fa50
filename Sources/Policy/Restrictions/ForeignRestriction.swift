/// A restriction of Postfix that is known by name and not evaluated here.
package struct ForeignRestriction: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let argument: String?
  package let standing: Standing
  /// Whether it may permit a client that is outside mynetworks and not logged in, for a recipient elsewhere.
  package let mayPermitStrangers: Bool

  /// Why it isn't evaluated.
  package enum Standing: Hashable, Sendable {
    /// It asks what only smtpd knows: it stays in main.cf.
    case staysInMainCf
    /// Postfix itself has taken it out; another one takes its place.
    case removed(instead: String)
  }

  package var description: String { argument.map { "\(name) \($0)" } ?? name }
}
