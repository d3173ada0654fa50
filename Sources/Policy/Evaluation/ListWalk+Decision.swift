extension ListWalk {
  /// What the list says, now that its walk has ended with `result`.
  func decision(_ result: Result) -> Decision {
    let verdict = verdict(result)
    return Decision(verdict: verdict, action: action(verdict), decisive: decisive(verdict), trace: trace)
  }

  private func decisive(_ verdict: Decision.Verdict) -> Restriction? {
    switch verdict {
    case .refused, .discarded, .permitted: decisive
    case .deferredIfPermit: deferring.ifPermit
    case .undecided: effects.isEmpty ? deferring.ifReject : nil
    }
  }

  private func verdict(_ result: Result) -> Decision.Verdict {
    switch result {
    case .refuse(let refusal): .refused(refusal)
    case .discard: .discarded
    case .permit(let permission):
      if let deferIfPermit { .deferredIfPermit(deferIfPermit) } else { .permitted(by: permission) }
    case .dunno, .wait: if let deferIfPermit { .deferredIfPermit(deferIfPermit) } else { .undecided }
    }
  }

  /// One action goes over the wire.
  ///
  /// What holds mail back goes before what lets it through.
  private func action(_ verdict: Decision.Verdict) -> PolicyAction {
    switch verdict {
    case .refused(let refusal): refusal.action
    case .deferredIfPermit(let refusal): .deferIfPermit(refusal.statusAndText)
    case .discarded: .discard(discardText)
    case .permitted(by: .relaying): strongestEffect ?? .ok
    case .permitted(by: .thisList): strongestEffect ?? .dunno
    case .undecided: strongestEffect ?? deferIfReject.map { .deferIfReject($0.statusAndText) } ?? .dunno
    }
  }

  /// The first of those that change the most.
  private var strongestEffect: PolicyAction? { effects.min { $0.rank < $1.rank } }
}

extension PolicyAction {
  /// Which effect goes over the wire when there are several: the lowest.
  fileprivate var rank: Int {
    switch self {
    case .hold: 0
    case .redirect: 1
    case .filter: 2
    case .bcc: 3
    case .prepend: 4
    case .warn: 5
    default: 6
    }
  }
}
