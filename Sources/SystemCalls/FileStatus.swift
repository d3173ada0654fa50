import Glibc

/// Who may read a file.
package struct FileStatus: Equatable, Sendable {
  package let owner: UInt32
  package let group: UInt32
  /// Permission bits, without the file's type.
  package let mode: UInt32

  package init(owner: UInt32, group: UInt32, mode: UInt32) {
    self.owner = owner
    self.group = group
    self.mode = mode
  }

  /// Nil when there is nothing at `path`, links followed.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o7777)
  }

  /// Whether a process of this user and these groups may read it; access lists are not looked at.
  package func letsRead(uid: UInt32, groups: [UInt32]) -> Bool { allows(S_IROTH, uid, groups) }

  /// `wanted` are permission bits of others, standing for those of the class that counts.
  func allows(_ wanted: UInt32, _ uid: UInt32, _ groups: [UInt32]) -> Bool {
    let shift: UInt32 = uid == owner ? 6 : groups.contains(group) ? 3 : 0
    return mode >> shift & wanted == wanted
  }
}
