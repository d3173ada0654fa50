import CLinux
import SystemCalls

/// A user with his group and the supplementary groups that a process takes on for good.
package struct Identity: Equatable, Sendable {
  package let user: UInt32
  package let group: UInt32
  package let supplementary: [UInt32]

  /// Looks the names up, while the process may still read what it needs for that.
  ///
  /// - Parameters:
  ///   - user: a user's name; other groups of his than `group` don't come along.
  ///   - group: a group's name; nil for the user's own.
  ///   - supplementary: names of groups.
  /// - Throws: the name that nobody knows; root is refused.
  package init(
    user: String, group: String? = nil, supplementary: [String] = []
  ) throws(ConfinementError) {
    guard let account = Account(named: user) else { throw .unknownUser(user) }
    var gid = account.gid
    if let group {
      guard let named = Account.group(named: group) else { throw .unknownGroup(group) }
      gid = named
    }
    guard account.uid != 0, gid != 0 else { throw .privilegedUser(user) }
    self.user = account.uid
    self.group = gid
    var groups: [UInt32] = []
    for name in supplementary {
      guard let group = Account.group(named: name) else { throw .unknownGroup(name) }
      if !groups.contains(group) { groups.append(group) }
    }
    self.supplementary = groups
  }

  /// Becomes this user, and makes sure that there is no way back to root.
  ///
  /// - Throws: the step that failed or did not take effect.
  package func assume() throws(ConfinementError) {
    try Confinement.step(.ids) { clinux_become(user, group, supplementary, supplementary.count) }
    try Confinement.confirm(.ids, clinux_is_only(user, group, supplementary, supplementary.count))
  }
}
