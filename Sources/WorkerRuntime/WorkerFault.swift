package import Credentials
package import SystemCalls
package import WorkerProtocol

/// Why a worker ends before it is told to.
///
/// Holds nothing of a request but the mechanism's name.
package enum WorkerFault: Error, CustomStringConvertible {
  case system(SystemError)
  case memory(SecretPool.Failure)
  /// postern-auth said something that isn't in the protocol.
  case frame(FrameError)
  /// postern-auth asked for a mechanism that isn't configured.
  case mechanism(MechanismName)

  package var description: String {
    switch self {
    case .system(let error): error.description
    case .memory(.cannotLock(let bytes, let code)):
      "cannot lock \(bytes) bytes of memory: \(SystemError("mlock", code: code).reason)"
    case .frame(let error): "postern-auth sent no check: \(error)"
    case .mechanism(let name): "postern-auth asked for \(name.rawValue), which is not configured"
    }
  }
}
