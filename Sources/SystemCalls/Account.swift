import Glibc

/// A user of this host, as the system's user database has it.
package struct Account: Equatable, Sendable {
  package let name: String
  package let uid: UInt32
  package let gid: UInt32

  /// Nil when there is no such user.
  package init?(named name: String) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var room = [CChar](repeating: 0, count: Self.longestEntry)
    guard getpwnam_r(name, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
    self.init(name: name, uid: entry.pw_uid, gid: entry.pw_gid)
  }

  package init(name: String, uid: UInt32, gid: UInt32) {
    self.name = name
    self.uid = uid
    self.gid = gid
  }

  /// The ids of all groups that the user is in.
  package var groups: [UInt32] {
    var room = Int32(Self.mostGroups)
    var ids = [gid_t](repeating: 0, count: Self.mostGroups)
    let count = getgrouplist(name, gid, &ids, &room)
    // More than fit: those that did.
    return Array(ids.prefix(Int(count < 0 ? Int32(Self.mostGroups) : count)))
  }

  /// The kernel's NGROUPS_MAX is 65536; nobody whom we ask about is in as many.
  private static let mostGroups = 1024

  /// The group's id, nil when there is no such group.
  package static func group(named name: String) -> UInt32? {
    var entry = Glibc.group()
    var found: UnsafeMutablePointer<Glibc.group>?
    var room = [CChar](repeating: 0, count: longestEntry)
    guard getgrnam_r(name, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
    return entry.gr_gid
  }

  /// Bytes for one entry; a group with thousands of members needs many.
  private static let longestEntry = 1 << 18
}
