package import Credentials

/// The proof that one request was accepted.
///
/// There is one way to make it: a worker's *accepted* that names the request which that worker was given.
package struct Acceptance: Equatable, Sendable {
  package let request: RequestID
  package let mechanism: MechanismName

  /// Nil for every answer but *accepted* to this very request.
  init?(of answer: WorkerAnswer, to given: GivenCheck) {
    guard answer.request == given.request, answer.verdict == .accepted else { return nil }
    self.init(request: given.request, mechanism: given.mechanism)
  }

  fileprivate init(request: RequestID, mechanism: MechanismName) {
    self.request = request
    self.mechanism = mechanism
  }
}

/// What a worker said.
package struct WorkerAnswer: Equatable, Sendable {
  package let request: RequestID
  package let verdict: AuthVerdict
  /// The worker ends after this.
  package let leaving: Bool

  package init(request: RequestID, verdict: AuthVerdict, leaving: Bool) {
    self.request = request
    self.verdict = verdict
    self.leaving = leaving
  }
}

/// The check that a busy worker has in hand.
struct GivenCheck: Equatable, Sendable {
  let request: RequestID
  let mechanism: MechanismName
}
