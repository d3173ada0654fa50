/// What libpam runs for a service: its file, and all that this includes, in one list a phase.
package struct PAMServiceStack: Equatable, Sendable {
  /// A place in the list.
  struct Step: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
      case module(PAMModuleLine)
      /// The modules that follow, one level deeper, are a stack within the stack.
      case substack
    }

    let kind: Kind
    let file: String
    let line: Int
    /// How many substacks it stands in.
    let level: Int
  }

  var steps: [PAMPhase: [Step]] = [:]
  /// Why libpam can't run it as written.
  package internal(set) var faults: [PAMFault] = []

  /// Whether any line belongs to the phase; for one without libpam takes the lines of the service `other`.
  package func hasLines(of phase: PAMPhase) -> Bool { !steps[phase, default: []].isEmpty }
}
