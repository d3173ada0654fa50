package import Credentials
import Glibc
import SystemCalls

/// Compares the password with the hash in the shadow database, then looks whether account and password are
/// still good.
package struct ShadowMechanism: Mechanism {
  /// The entry of a login, nil when there is none.
  typealias Lookup = @Sendable (CountedString) throws(SystemError) -> ShadowEntry?

  private let lookup: Lookup
  private let hashCheck: HashCheck
  private let today: @Sendable () -> Int

  /// Over the system's own databases; reads them once to see which kind of hash is common.
  package init() {
    self.init(lookup: ShadowDatabase.entry(for:), hashes: ShadowDatabase.hashes()) { time(nil) / 86_400 }
  }

  init(lookup: @escaping Lookup, hashes: [String], today: @escaping @Sendable () -> Int) {
    self.lookup = lookup
    hashCheck = HashCheck(like: hashes)
    self.today = today
  }

  package func check(_ request: borrowing AuthRequest) -> AuthVerdict {
    if let refusal = request.refusal(before: .shadow) { return .refused(refusal) }
    let entry: ShadowEntry?
    do {
      entry = try lookup(request.login)
    } catch {
      return .unavailable(.sourceUnavailable)
    }
    let objection = request.password.withBytes { hashCheck.objection(to: $0, field: entry?.hash) }
    if let objection { return objection }
    if let refusal = entry?.refusal(on: today()) { return .refused(refusal) }
    return .accepted
  }
}
