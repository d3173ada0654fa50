/// How a password is checked: saslauthd's `-a`, `mechanisms` in postern.toml.
package enum MechanismName: String, CaseIterable, Sendable, Hashable {
  case getpwent
  case pam
  case shadow

  /// The longest password that the mechanism is given; longer ones are refused without asking it.
  ///
  /// libxcrypt and Linux-PAM (PAM_MAX_RESP_SIZE) both take 511 bytes; pam_unix would cut what is longer.
  package var longestPassword: Int { 511 }
}
