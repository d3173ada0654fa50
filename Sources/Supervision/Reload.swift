import Settings

/// How far a reload has come; one that is asked for meanwhile comes after it.
struct Reload {
  enum Stage: Equatable {
    case none
    /// `postern check` looks at the file.
    case checking(pid: Int32)
    /// postern-auth reads the file; nil with saslauthd's flags, where there is nothing to read.
    case proposed(Settings?)
  }

  private(set) var stage = Stage.none
  private var isWanted = false
  /// Requests of the operator that this life of postern-auth has passed on.
  private var asked: UInt32 = 0
  /// How many of them had come when the reload that is under way began: those that its end answers.
  private(set) var answers: UInt32 = 0

  mutating func countRequest() { asked &+= 1 }

  /// A new postern-auth counts from the beginning, and what its predecessor had asked for is nobody's any more.
  mutating func forgetRequests() {
    asked = 0
    answers = 0
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
