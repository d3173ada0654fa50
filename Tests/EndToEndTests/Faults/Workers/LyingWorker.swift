import Testing

/// A posternd whose workers say what no worker may say.
struct LyingWorker {
  /// What it says in place of a verdict.
  enum Lie: String, CaseIterable, Sendable {
    case anotherRequest = "another request"
    case twice
    case unasked
    case tooShort = "too short"
    case tooLong = "too long"
    case boolean = "a boolean"
    case otherVersion = "another version"
    case descriptor = "a descriptor"
    case text
    case flood
    case exit

    /// Refused before it lies; otherwise nothing is decided.
    var answer: MuxAnswer { self == .twice ? .no : .closed }
  }

  /// Where posternd lies beside the false worker.
  let posternd: String

  /// Puts copies of the programs and the liar into a directory of their own.
  init(_ lie: Lie, in run: RunDirectory) async throws {
    let directory = try run.make("programs")
    for program in ["posternd", "postern-auth"] {
      try run.copy(Project.program(program), to: "programs/\(program)")
    }
    try run.write(lie.rawValue, to: "programs/lie")
    let source = Project.path("Tests/EndToEndTests/Faults/Workers/lying_worker.c")
    try await must(
      "cc", ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Werror", "-o", "\(directory)/postern-worker", source])
    posternd = "\(directory)/posternd"
  }
}
