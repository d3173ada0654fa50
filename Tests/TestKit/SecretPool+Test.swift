package import Credentials

extension SecretPool {
  /// A slot that the test has made sure is there.
  package func slot() -> Secret {
    guard let secret = take() else { preconditionFailure("the pool of this test is large enough") }
    return secret
  }

  /// A slot with these bytes.
  package func slot(holding bytes: [UInt8]) -> Secret {
    var secret = slot()
    let fits = bytes.withUnsafeBytes { secret.append($0) }
    precondition(fits, "the slots of this test are large enough")
    return secret
  }
}
