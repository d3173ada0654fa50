/// What libpam runs for a service: its file, and all that this includes, in one list a phase.
package struct PAMServiceStack: Equatable, Sendable {
  /// A place in the list.
  package struct Step: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      case module(PAMModuleLine)
      /// The modules that follow, one level deeper, are a stack within the stack.
      case substack
    }

    package let kind: Kind
    package let file: String
    package let line: Int
    /// How many substacks it stands in.
    package let level: Int
  }

  package internal(set) var steps: [PAMPhase: [Step]] = [:]
  /// Why libpam can't run it as written.
  package internal(set) var faults: [PAMFault] = []
}
