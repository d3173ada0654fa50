import Credentials
import SaslauthdProtocol
import WorkerProtocol

/// All memory of the process in which a password may stand.
///
/// One large slot is the scratch for reading and for frames to workers. Passwords that wait for a worker have
/// small slots, as many as may wait; half-read requests have large ones, few: libsasl sends a request in one
/// write.
struct LockedMemory {
  /// The scratch and the half-read requests.
  let large: SecretPool
  /// Passwords that wait; none that is longer than a mechanism takes gets here.
  let small: SecretPool
  /// Keys of the cache's digests, new in each life of the process.
  let fingerprints: LoginFingerprints

  static let halfReadRequests = 64

  init(waiting: Int) throws(SecretPool.Failure) {
    let longest = max(LoginRequest.longest, CheckFrame.longest)
    // One byte more: a longer request is seen to be longer.
    large = try SecretPool(slots: Self.halfReadRequests + 2, slotSize: longest + 1)
    let password = MechanismName.allCases.map(\.longestPassword).max() ?? 0
    small = try SecretPool(slots: waiting, slotSize: password + 1)
    let keys = try SecretPool(slots: 2, slotSize: DigestKey.size)
    guard let fingerprints = LoginFingerprints(pool: keys) else {
      preconditionFailure("the pool has a slot for each key")
    }
    self.fingerprints = fingerprints
  }
}
