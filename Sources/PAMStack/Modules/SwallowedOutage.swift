/// A stack that makes a denial of an outage: users would be told that their password is wrong.
package struct SwallowedOutage: Equatable, Sendable {
  /// The line of the module whose source is down.
  package let file: String
  package let line: Int
  package let module: String
  package let phase: PAMPhase
}

extension PAMServiceStack {
  /// The modules whose outage the stack turns into a denial.
  ///
  /// Found by running libpam's rules: one source can't be reached, the others don't know the user, and what
  /// checks no passwords has nothing to say. In the account phase only a source that the auth phase hasn't
  /// asked already can make a difference, and there the others know the user.
  package var swallowedOutages: [SwallowedOutage] {
    let alreadyAsked = Set(sources(of: .auth).map { PasswordSource.name(of: $0.line.module) })
    let later = sources(of: .account).filter {
      !alreadyAsked.contains(PasswordSource.name(of: $0.line.module))
    }
    return swallowed(sources(of: .auth), in: .auth, others: .userUnknown)
      + swallowed(later, in: .account, others: .success)
  }

  private func sources(of phase: PAMPhase) -> [(step: Step, line: PAMModuleLine)] {
    steps[phase, default: []].compactMap { step in
      guard case .module(let line) = step.kind, PasswordSource.isAsked(by: line.module) else { return nil }
      return (step, line)
    }
  }

  private func swallowed(
    _ sources: [(step: Step, line: PAMModuleLine)], in phase: PAMPhase, others: PAMReturnCode
  ) -> [SwallowedOutage] {
    sources.compactMap { step, down in
      let result = result(of: phase) { line in
        line == down ? .informationUnavailable : Self.answer(of: line, source: others)
      }
      guard result.isRefusal else { return nil }
      return SwallowedOutage(file: step.file, line: step.line, module: down.module, phase: phase)
    }
  }

  private static func answer(of line: PAMModuleLine, source: PAMReturnCode) -> PAMReturnCode {
    if PasswordSource.isAsked(by: line.module) { return source }
    return switch PasswordSource.name(of: line.module) {
    case "pam_permit": .success
    case "pam_deny": .authenticationError
    default: .ignore
    }
  }
}
