import SystemCalls

/// Why a process can't be confined as it has to be.
package enum ConfinementError: Error, Equatable, CustomStringConvertible {
  /// A step of the start.
  package enum Step: String, Sendable {
    case signals = "default signal handlers"
    case coreDumps = "no core dumps"
    case descriptors = "closing descriptors"
    case ids = "changing user and groups"
    case capabilities = "dropping capabilities"
    case newPrivileges = "no_new_privs"
    case callFilter = "system call filter"
  }

  case unknownUser(String)
  case unknownGroup(String)
  /// A user or a user's group that has root's number.
  case privilegedUser(String)
  /// The step's system call failed; the code is errno.
  case failed(Step, Int32)
  /// The step's system call succeeded, and yet reading back says otherwise.
  case notInForce(Step)

  package var description: String {
    switch self {
    case .unknownUser(let name): "there is no user \(name)"
    case .unknownGroup(let name): "there is no group \(name)"
    case .privilegedUser(let name): "user \(name) is root, or in root's group"
    case .failed(let step, let code): SystemError(step.rawValue, code: code).description
    case .notInForce(let step): "\(step.rawValue): had no effect"
    }
  }
}
