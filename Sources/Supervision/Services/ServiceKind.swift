import Settings

/// The services that posternd starts; each is a program with a user, sockets and a control socket of its own.
enum ServiceKind: String, CaseIterable {
  case auth = "postern-auth"
  case policy = "postern-policy"

  var program: String { rawValue }

  /// Those that the settings have work for.
  static func wanted(by settings: Settings) -> [ServiceKind] {
    (settings.hasLogins ? [.auth] : []) + (settings.policy.isEmpty ? [] : [.policy])
  }
}
