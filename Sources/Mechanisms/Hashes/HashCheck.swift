import Credentials

/// Compares passwords with stored hashes, and takes as long where there is none.
struct HashCheck: Sendable {
  /// Hashed with the password of whoever has no hash, and never compared with: who exists is not to be told
  /// from the time it takes.
  let decoy: PasswordHash

  /// Takes the hash whose price most of the host's accounts have.
  ///
  /// - Parameter fields: the accounts' password fields.
  init(like fields: [String]) {
    let hashes = fields.compactMap { PasswordHash($0) }
    let byPrice = Dictionary(grouping: hashes, by: \.price)
    decoy = byPrice.values.max { $0.count < $1.count }?.first ?? Self.debian
  }

  /// Debian's default, for a host where nobody has a password yet.
  private static let debian: PasswordHash = {
    guard let hash = PasswordHash("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$") else {
      preconditionFailure("a hash in Debian's default form is usable")
    }
    return hash
  }()

  /// Whether `password` is right.
  ///
  /// - Parameters:
  ///   - password: as the request has it.
  ///   - field: the stored password field, nil when there is no such user.
  /// - Returns: nil when it is right, else the verdict.
  func objection(to password: UnsafeRawBufferPointer, field: String?) -> AuthVerdict? {
    guard let field else { return decoyed(.unknownUser, password) }
    guard let hash = PasswordHash(field) else { return decoyed(.unusableHash, password) }
    return switch hash.compare(password) {
    case .match: nil
    case .mismatch: .refused(.badPassword)
    case .unusable: decoyed(.unusableHash, password)
    case .failed: .unavailable(.mechanismFailed)
    }
  }

  private func decoyed(_ refusal: Refusal, _ password: UnsafeRawBufferPointer) -> AuthVerdict {
    _ = decoy.compare(password)
    return .refused(refusal)
  }
}
