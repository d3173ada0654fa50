import Credentials

/// What shadow(5) says about one account; days since 1970, -1 where a field is empty.
struct ShadowEntry: Equatable, Sendable {
  /// The password field.
  var hash: String
  var lastChange = -1
  /// The password is good for this many days after the last change.
  var maximum = -1
  var expires = -1

  /// Why the account's right password is not enough today; judged as saslauthd 2.1.28 does, warning and
  /// inactivity periods don't count.
  ///
  /// - Parameter today: days since 1970.
  /// - Returns: nil when the account is in order.
  func refusal(on today: Int) -> Refusal? {
    if expires != -1, today > expires { return .accountExpired }
    guard lastChange != -1, maximum != -1 else { return nil }
    let (lastDay, overflow) = lastChange.addingReportingOverflow(maximum)
    return !overflow && lastDay < today ? .passwordExpired : nil
  }
}
