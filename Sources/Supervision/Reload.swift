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

  /// Whether a reload may begin now; if not, it is remembered.
  mutating func mayBegin() -> Bool {
    isWanted = stage != .none
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
