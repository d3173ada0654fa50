import Glibc

/// Who holds a lock on a file, as the kernel tells those who may open it.
package enum LockHolder {
  /// The process that holds the lock of the file at `path`; nil when nobody does or there is no such file.
  ///
  /// - Throws: that the file can't be opened, which only its owner can.
  package static func pid(of path: String) throws(SystemError) -> Int32? {
    let file: Descriptor
    do throws(SystemError) {
      file = Descriptor(
        owning: try retrying("open \(path)") { open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) })
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    let number = file.number
    try retrying("fcntl F_GETLK") { fcntl(number, F_GETLK, &range) }
    return range.l_type == Int16(F_UNLCK) || range.l_pid <= 0 ? nil : range.l_pid
  }
}
