import Policy
import Settings

/// One of the service's listeners.
enum PolicyListener {
  /// Only the greylist is asked, in postgrey's place and with its log lines.
  case greylist
  case lists(Lists)

  struct Lists {
    let list: RestrictionList
    /// What Postfix gets when something couldn't be found out.
    let onFailure: PolicyListenerSettings.FailureAnswer
  }
}
