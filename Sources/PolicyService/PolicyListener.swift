import Policy

/// One of the service's listeners.
struct PolicyListener {
  /// Nil where only the greylist is asked, in postgrey's place and with its log lines.
  let list: RestrictionList?
}
