import Credentials

extension AuthRequest {
  /// Why `mechanism` need not be asked: C would take an empty or overlong value for another one.
  borrowing func refusal(before mechanism: MechanismName) -> Refusal? {
    if login.isEmpty { return .emptyLogin }
    if password.count == 0 { return .emptyPassword }
    if password.count > mechanism.longestPassword { return .passwordTooLong }
    // What follows a NUL would not be compared.
    if password.withBytes({ $0.contains(0) }) { return .badPassword }
    return nil
  }
}
