import Authentication
import Credentials
import EventLoop
import SaslauthdProtocol
import SystemCalls

/// The cache's edge: fingerprints, and the changes that end what is remembered.
extension LoginService {
  /// Watches the sources, if anything is to be remembered; without that nothing is.
  func watchSources(for rules: AuthenticationRules, pamDirectory: String) {
    forgetSources()
    guard rules.cacheLifetime > .zero else { return }
    do {
      let sources = try CredentialSources(pamDirectory: pamDirectory)
      sourcesWatch = try loop.watch(sources.number, for: .readable) { [unowned self] _ in noteChanges() }
      self.sources = sources
    } catch {
      surroundings.log(.sourcesUnwatched(error))
    }
  }

  /// What the cache is to know a request by, once all changes up to now have been heeded; nil: nothing is
  /// remembered.
  func fingerprint(of request: LoginRequest) -> LoginFingerprint? {
    noteChanges()
    guard sources != nil else { return nil }
    return scratch.withBytes { memory.fingerprints.fingerprint(of: request, in: $0) }
  }

  /// Forgets acceptances: those of a login or of `login@realm`, nil for all.
  ///
  /// - Returns: how many.
  func flushCache(login: String?) -> Int {
    let before = authenticator.rememberedLogins
    switch login.map({ CountedString($0) }) {
    case nil: feed(.cacheFlushed(login: nil))
    case .some(.some(let login)): feed(.cacheFlushed(login: login))
    // What is longer than a login may be is nobody's.
    case .some(nil): break
    }
    return before - authenticator.rememberedLogins
  }

  private func noteChanges() {
    guard let sources else { return }
    do {
      guard try sources.takeChanges() else { return }
    } catch {
      surroundings.log(.sourcesUnwatched(error))
      forgetSources()
    }
    surroundings.log(.sourcesChanged(remembered: authenticator.rememberedLogins))
    feed(.sourcesChanged)
  }

  private func forgetSources() {
    sourcesWatch?.cancel()
    sourcesWatch = nil
    sources = nil
  }
}
