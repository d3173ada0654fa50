/// libpam's management groups: what a line of a service file takes part in.
package enum PAMPhase: String, CaseIterable, Sendable {
  case auth
  case account
  case password
  case session

  /// The phases that a login check asks for.
  package static let asked: [PAMPhase] = [.auth, .account]
}
