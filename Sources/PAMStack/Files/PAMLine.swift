/// One line of a service file: what it asks of libpam, and where it stands.
struct PAMLine: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case module(PAMModuleLine, PAMPhase)
    /// The lines of one phase of another file, in the place of this one.
    case include(String, PAMPhase)
    /// The same, but what ends that file's stack doesn't end this one.
    case substack(String, PAMPhase)
    /// Debian's `@include`: the lines of all phases.
    case includeEverything(String)
  }

  let number: Int
  let content: Content
}

/// What a line says about the module that it names.
struct PAMModuleLine: Equatable, Sendable {
  let control: PAMControl
  /// As written: absolute, or relative to libpam's own directory.
  let module: String
  let arguments: [String]
  /// Whether the phase has a `-` in front: the module may be missing.
  let mayBeMissing: Bool
}
