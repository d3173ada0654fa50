/// What a module or a stack returns, by the names that `[…]` controls have for it.
enum PAMReturnCode: String, CaseIterable, Sendable {
  case success
  case openError = "open_err"
  case symbolError = "symbol_err"
  case serviceError = "service_err"
  case systemError = "system_err"
  case bufferError = "buf_err"
  case permissionDenied = "perm_denied"
  case authenticationError = "auth_err"
  case credentialsInsufficient = "cred_insufficient"
  case informationUnavailable = "authinfo_unavail"
  case userUnknown = "user_unknown"
  case maximumTries = "maxtries"
  case newTokenRequired = "new_authtok_reqd"
  case accountExpired = "acct_expired"
  case sessionError = "session_err"
  case credentialsUnavailable = "cred_unavail"
  case credentialsExpired = "cred_expired"
  case credentialsError = "cred_err"
  case noModuleData = "no_module_data"
  case conversationError = "conv_err"
  case tokenError = "authtok_err"
  case tokenRecoveryError = "authtok_recover_err"
  case tokenLockBusy = "authtok_lock_busy"
  case tokenAgingDisabled = "authtok_disable_aging"
  case tryAgain = "try_again"
  case ignore
  case abort
  case tokenExpired = "authtok_expired"
  case moduleUnknown = "module_unknown"
  case badItem = "bad_item"
  case conversationAgain = "conv_again"
  case incomplete

  /// Whether the gateway takes it as "no": the password is wrong, or this user may not in.
  ///
  /// Everything else but success means that the stack could not decide.
  var isRefusal: Bool {
    switch self {
    case .authenticationError, .userUnknown, .maximumTries, .accountExpired, .newTokenRequired,
      .permissionDenied, .credentialsInsufficient:
      true
    default: false
    }
  }
}
