import CLinux
import Glibc

/// A user with his group and the supplementary groups that a process takes on for good.
package struct Identity: Equatable, Sendable {
  package let user: UInt32
  package let group: UInt32
  package let supplementary: [UInt32]

  /// Looks the names up, while the process may still read what it needs for that.
  ///
  /// - Parameters:
  ///   - user: a user's name; his own group comes along, other groups of his don't.
  ///   - supplementary: names of groups.
  /// - Throws: the name that nobody knows; root is refused.
  package init(user: String, supplementary: [String] = []) throws(ConfinementError) {
    guard let entry = getpwnam(user)?.pointee else { throw .unknownUser(user) }
    guard entry.pw_uid != 0, entry.pw_gid != 0 else { throw .privilegedUser(user) }
    self.user = entry.pw_uid
    group = entry.pw_gid
    var groups: [UInt32] = []
    for name in supplementary {
      guard let entry = getgrnam(name)?.pointee else { throw .unknownGroup(name) }
      if !groups.contains(entry.gr_gid) { groups.append(entry.gr_gid) }
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
