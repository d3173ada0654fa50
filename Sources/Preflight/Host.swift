import Glibc
package import PAMStack
import Settings
package import SystemCalls

/// The host that settings are held against, and who asks.
package struct Host: Sendable {
  /// Whether the daemon is started as root, and so gives its parts users and groups of their own.
  package var startsAsRoot = geteuid() == 0
  package var accounts = Accounts.system
  package var modules = PAMModuleDirectories.system
  /// Where libpam looks for files that service files include.
  package var includedPAMFiles = "/etc/pam.d"
  package var postfixDirectory = "/etc/postfix"
  /// Which lists in the DNS are known to be asked in vain.
  package var knownZones = DNSSettings.knownZonesFile

  package init() {}
}

/// The users and groups of a host.
package struct Accounts: Sendable {
  package var user: @Sendable (String) -> Account?
  package var group: @Sendable (String) -> UInt32?
  package var groups: @Sendable (Account) -> [UInt32]

  package init(
    user: @escaping @Sendable (String) -> Account?, group: @escaping @Sendable (String) -> UInt32?,
    groups: @escaping @Sendable (Account) -> [UInt32]
  ) {
    self.user = user
    self.group = group
    self.groups = groups
  }

  /// The system's own databases, asked anew each time.
  package static let system = Accounts(
    user: { Account(named: $0) }, group: { Account.group(named: $0) }, groups: \.groups)
}
