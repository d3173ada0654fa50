package import Credentials

/// One way of checking a password.
///
/// Every mechanism passes `MechanismContract` in the tests.
package protocol Mechanism {
  /// Asks the mechanism's source about `request`, for as long as that takes.
  ///
  /// - Parameter request: whose password is to be checked.
  /// - Returns: *accepted* only for the source's own yes to this very request; a source that fails or can't
  ///   be read gives *unavailable*, never a refusal.
  func check(_ request: borrowing AuthRequest) -> AuthVerdict
}
