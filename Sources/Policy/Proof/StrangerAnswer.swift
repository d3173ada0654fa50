/// What a service of ours may answer a stranger, for the proof about main.cf's lists.
///
/// It never answers OK: that is for clients that may relay.
package enum StrangerAnswer: Equatable, Sendable {
  /// He may come to the next restriction of main.cf.
  case mayPass
  /// He is always refused or deferred.
  case refuses
}
