import Settings

/// How far a reload has come; one that is asked for meanwhile comes after it.
struct Reload {
  enum Stage: Equatable {
    case none
    /// `postern check` looks at the file.
    case checking(pid: Int32)
    /// These services read the file.
    case proposed(Proposal, to: Set<ServiceKind>)
  }

  /// What is to be in force.
  enum Proposal: Equatable {
    case settings(Settings)
    /// An old command line: there is nothing to read, and nothing to change.
    case commandLine
  }

  private(set) var stage = Stage.none
  private var isWanted = false
  /// Requests of the operator that this life of a service has passed on.
  private var asked: [ServiceKind: UInt32] = [:]
  /// How many of them had come when the reload that is under way began: those that its end answers.
  private var answers: [ServiceKind: UInt32] = [:]

  func answers(to service: ServiceKind) -> UInt32 { answers[service, default: 0] }

  mutating func countRequest(of service: ServiceKind) { asked[service, default: 0] &+= 1 }

  /// A new process counts from the beginning, and what its predecessor had asked for is nobody's any more.
  mutating func forgetRequests(of service: ServiceKind) {
    asked[service] = nil
    answers[service] = nil
  }

  /// One of the services that a reload waits for has the settings, or is gone and will read them at its start.
  ///
  /// - Returns: what is to be put in force, when it was the last.
  mutating func take(from service: ServiceKind) -> Proposal? {
    guard case .proposed(let proposal, var waiting) = stage, waiting.remove(service) != nil else {
      return nil
    }
    stage = .proposed(proposal, to: waiting)
    return waiting.isEmpty ? proposal : nil
  }

  /// Whether a reload may begin now; if not, it is remembered.
  mutating func mayBegin() -> Bool {
    isWanted = stage != .none
    if !isWanted { answers = asked }
    return !isWanted
  }

  mutating func proceed(to stage: Stage) { self.stage = stage }

  /// Whether another one was asked for meanwhile.
  mutating func end() -> Bool {
    stage = .none
    defer { isWanted = false }
    return isWanted
  }
}
