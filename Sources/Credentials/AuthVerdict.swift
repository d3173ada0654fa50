/// What a mechanism says about one request.
///
/// "Could not decide" is neither yes nor no.
package enum AuthVerdict: Equatable, Sendable {
  case accepted
  case refused(Refusal)
  case unavailable(Outage)
}

/// Why a login was refused; for the log only, the client is told nothing but no.
package enum Refusal: UInt8, CaseIterable, Sendable {
  case badPassword = 1
  case unknownUser
  case accountExpired
  case accountDenied
  case passwordExpired
  case tooManyTries
  case insufficientCredentials
  case unusableHash
  case userChanged
  case emptyLogin
  case emptyPassword
  case passwordTooLong
  case serviceNotAllowed
  case serviceWithoutFile

  /// The word after `reason=` in the log.
  package var reason: String {
    switch self {
    case .badPassword: "bad_password"
    case .unknownUser: "unknown_user"
    case .accountExpired: "account_expired"
    case .accountDenied: "account_denied"
    case .passwordExpired: "password_expired"
    case .tooManyTries: "too_many_tries"
    case .insufficientCredentials: "insufficient_credentials"
    case .unusableHash: "unusable_hash"
    case .userChanged: "user_changed"
    case .emptyLogin: "empty_login"
    case .emptyPassword: "empty_password"
    case .passwordTooLong: "password_too_long"
    case .serviceNotAllowed: "service_not_allowed"
    case .serviceWithoutFile: "service_without_file"
    }
  }
}

/// Why no verdict could be reached: the client is asked to try again (454).
package enum Outage: UInt8, CaseIterable, Sendable {
  /// The mechanism's own source can't be read or reached.
  case sourceUnavailable = 1
  /// The mechanism failed in a way that says nothing about the password.
  case mechanismFailed
  /// A PAM stack asked for something that isn't a password.
  case conversationFailed
  /// The worker ended in the middle of the check.
  case workerDied
  /// The worker gave no answer in time and was ended.
  case workerDeadline
  /// The worker said something that isn't in the protocol.
  case workerMisspoke
  /// No worker became free in time.
  case queueDeadline
  /// More requests wait than may.
  case queueFull
  /// The service is stopping.
  case stopping

  /// The word after `reason=` in the log.
  package var reason: String {
    switch self {
    case .sourceUnavailable: "source_unavailable"
    case .mechanismFailed: "mechanism_failed"
    case .conversationFailed: "conversation_failed"
    case .workerDied: "worker_died"
    case .workerDeadline: "worker_deadline"
    case .workerMisspoke: "worker_misspoke"
    case .queueDeadline: "queue_deadline"
    case .queueFull: "queue_full"
    case .stopping: "stopping"
    }
  }
}
