/// How the real daemon behaves in a case, compared with what we promise.
enum Reference<Outcome: Sendable>: Sendable {
  case same
  /// It behaves otherwise, and this is why we don't follow it.
  case differs(Outcome, because: String)
  /// It can't be asked, for this reason.
  case notAsked(because: String)

  /// What `daemon` is expected to do; nil: the case is not for it.
  func expected(of daemon: Daemon, ours: Outcome) -> Outcome? {
    expected(ofReference: daemon.isReference, ours: ours)
  }

  func expected(of daemon: PolicyDaemon, ours: Outcome) -> Outcome? {
    expected(ofReference: daemon.isReference, ours: ours)
  }

  private func expected(ofReference isReference: Bool, ours: Outcome) -> Outcome? {
    guard isReference else { return ours }
    switch self {
    case .same: return ours
    case .differs(let outcome, _): return outcome
    case .notAsked: return nil
    }
  }
}
