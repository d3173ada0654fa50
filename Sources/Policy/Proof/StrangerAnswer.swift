/// What a service of ours may answer a stranger, for the proof about main.cf's lists.
///
/// It never answers OK: that is for clients that may relay.
package enum StrangerAnswer: Equatable, Sendable {
  /// He may come to the next restriction of main.cf.
  case mayPass
  /// He is always refused or deferred.
  case refuses

  /// The endpoint that the argument of `check_policy_service` names: itself, or the first word in its braces.
  static func endpoint(_ argument: String) -> String {
    guard let inner = ListWords.inBraces(argument) else { return argument }
    return ListWords.split(inner).first ?? argument
  }
}
