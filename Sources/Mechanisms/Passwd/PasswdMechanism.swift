package import Credentials
import SystemCalls

/// Compares the password with the hash in the user database itself, saslauthd's `getpwent`.
package struct PasswdMechanism: Mechanism {
  /// The password field of a login, nil when there is no such user.
  typealias Lookup = @Sendable (CountedString) throws(SystemError) -> String?

  private let lookup: Lookup
  private let hashCheck: HashCheck

  /// Over the system's own database; reads it once to see which kind of hash is common.
  package init() { self.init(lookup: PasswdDatabase.hash(for:), hashes: PasswdDatabase.hashes()) }

  init(lookup: @escaping Lookup, hashes: [String]) {
    self.lookup = lookup
    hashCheck = HashCheck(like: hashes)
  }

  package func check(_ request: borrowing AuthRequest) -> AuthVerdict {
    if let refusal = request.refusal(before: .getpwent) { return .refused(refusal) }
    let field: String?
    do {
      field = try lookup(request.login)
    } catch {
      return .unavailable(.sourceUnavailable)
    }
    return request.password.withBytes { hashCheck.objection(to: $0, field: field) } ?? .accepted
  }
}
