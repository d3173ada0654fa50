import Glibc

/// Who may enter a directory.
package struct DirectoryStatus: Equatable, Sendable {
  package let path: String
  package let owner: UInt32
  package let group: UInt32
  package let mode: UInt32

  package init(path: String, owner: UInt32, group: UInt32, mode: UInt32) {
    self.path = path
    self.owner = owner
    self.group = group
    self.mode = mode
  }

  /// Nil when `path` names no directory, links followed.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    self.init(path: path, owner: status.st_uid, group: status.st_gid, mode: status.st_mode & 0o7777)
  }

  /// Whether a process of this user and these groups may go through it; access lists are not looked at.
  package func lets(uid: UInt32, groups: [UInt32]) -> Bool { allows(S_IXOTH, uid, groups) }

  /// Whether such a process may make and remove files in it.
  package func letsWrite(uid: UInt32, groups: [UInt32]) -> Bool { allows(S_IWOTH | S_IXOTH, uid, groups) }

  private func allows(_ wanted: UInt32, _ uid: UInt32, _ groups: [UInt32]) -> Bool {
    FileStatus(owner: owner, group: group, mode: mode).allows(wanted, uid, groups)
  }
}
