/// A line whose module takes something that is good for one login only, or asks the user on another way.
package struct OneTimeCode: Equatable, Sendable {
  package let file: String
  package let line: Int
  package let module: String

  fileprivate static let modules: Set = [
    "pam_duo", "pam_google_authenticator", "pam_linotp", "pam_oath", "pam_otpw", "pam_privacyidea",
    "pam_radius_auth", "pam_securid", "pam_u2f", "pam_yubico",
  ]
}

extension PAMServiceStack {
  /// The modules of the auth phase whose *yes* is not to be remembered: what they were given counts once.
  package var oneTimeCodes: [OneTimeCode] {
    steps[.auth, default: []].compactMap { step in
      guard case .module(let line) = step.kind,
        OneTimeCode.modules.contains(PasswordSource.name(of: line.module))
      else { return nil }
      return OneTimeCode(file: step.file, line: step.line, module: line.module)
    }
  }
}
