import Credentials
import Mechanisms
import Settings

extension WorkerSettings {
  /// The configured mechanisms, by the name that a check asks for.
  var passwordMechanisms: [MechanismName: any Mechanism] {
    var table: [MechanismName: any Mechanism] = [:]
    for name in mechanisms {
      table[name] =
        switch name {
        case .pam: PAMMechanism(directory: pamDirectory)
        case .shadow: ShadowMechanism()
        case .getpwent: PasswdMechanism()
        }
    }
    return table
  }
}
