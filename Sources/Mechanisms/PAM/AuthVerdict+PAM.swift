import CPAM
import Credentials

extension AuthVerdict {
  /// What a phase that did not succeed means; seven codes are a no, everything else decides nothing.
  ///
  /// - Parameter code: what `pam_authenticate` or `pam_acct_mgmt` returned, not PAM_SUCCESS.
  init(pamFailure code: Int32) {
    self =
      switch code {
      case PAM_AUTH_ERR: .refused(.badPassword)
      case PAM_USER_UNKNOWN: .refused(.unknownUser)
      case PAM_MAXTRIES: .refused(.tooManyTries)
      case PAM_ACCT_EXPIRED: .refused(.accountExpired)
      case PAM_NEW_AUTHTOK_REQD: .refused(.passwordExpired)
      case PAM_PERM_DENIED: .refused(.accountDenied)
      case PAM_CRED_INSUFFICIENT: .refused(.insufficientCredentials)
      case PAM_AUTHINFO_UNAVAIL: .unavailable(.sourceUnavailable)
      case PAM_CONV_ERR: .unavailable(.conversationFailed)
      default: .unavailable(.mechanismFailed)
      }
  }
}
