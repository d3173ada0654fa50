import Policy

extension Decision {
  /// Whether a mail goes out in the name of a user of ours: the client is logged in or may relay, and the list doesn't
  /// refuse it.
  func letsOut(_ request: PolicyRequest) -> Bool {
    switch verdict {
    case .permitted(by: .relaying): true
    case .permitted(by: .thisList), .undecided: request.isAuthenticated
    case .refused, .deferredIfPermit, .discarded: false
    }
  }
}
