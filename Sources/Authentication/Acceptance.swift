package import Credentials

/// The proof that one request was accepted.
///
/// There are two ways to make it: a worker's *accepted* that names the request which that worker was given, and
/// the cache's memory of such an acceptance.
package struct Acceptance: Equatable, Sendable {
  package let request: RequestID
  package let mechanism: MechanismName
  /// The mechanism was not asked this time.
  package let isRemembered: Bool

  /// Nil for every answer but *accepted* to this very request.
  init?(of answer: WorkerAnswer, to given: GivenCheck) {
    guard answer.request == given.request, answer.verdict == .accepted else { return nil }
    self.init(request: given.request, mechanism: given.mechanism, isRemembered: false)
  }

  /// The cache has found the same request.
  init(of request: RequestID, by remembered: RememberedAcceptance) {
    self.init(request: request, mechanism: remembered.mechanism, isRemembered: true)
  }

  fileprivate init(request: RequestID, mechanism: MechanismName, isRemembered: Bool) {
    self.request = request
    self.mechanism = mechanism
    self.isRemembered = isRemembered
  }
}

/// What the cache keeps of an acceptance; only one that a worker gave can be remembered.
struct RememberedAcceptance: Equatable, Sendable {
  fileprivate let mechanism: MechanismName

  /// Nil for what came from the cache itself: it would never grow old.
  init?(_ acceptance: Acceptance) {
    guard !acceptance.isRemembered else { return nil }
    mechanism = acceptance.mechanism
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
