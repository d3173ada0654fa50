/// What a list says of a request, and how it came to that.
package struct Decision: Equatable, Sendable {
  package let verdict: Verdict
  /// What Postfix is told.
  package let action: PolicyAction
  /// The restriction that decided, or defers; nil when the list came to its end without either.
  package let decisive: Restriction?
  package let trace: [TraceStep]

  /// The list's own word, as Postfix would have it from a list of main.cf.
  package enum Verdict: Equatable, Sendable {
    /// *Permit*: this list ends here.
    case permitted(by: Permission)
    case refused(Refusal)
    /// Refused unless a later restriction refuses for good.
    case deferredIfPermit(Refusal)
    case discarded
    /// The list came to its end.
    case undecided
  }

  /// What a permit rests on.
  package enum Permission: Equatable, Sendable {
    /// On who the client is: in `mynetworks`, logged in, or with a certificate of `relay_clientcerts`. Relaying needs
    /// Postfix to be told so.
    case relaying
    /// On anything else. Postfix isn't told: its list goes on, and nothing is opened.
    case thisList
  }
}
