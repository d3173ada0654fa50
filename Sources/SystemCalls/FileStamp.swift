import Glibc

/// What tells one version of a file from the next.
package struct FileStamp: Hashable, Sendable {
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int
  /// When it, its owner or its mode changed last: who may read it tells versions apart, too.
  private let statusSeconds: Int
  private let statusNanoseconds: Int

  /// Nil when there is no file at `path`.
  package init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    statusSeconds = status.st_ctim.tv_sec
    statusNanoseconds = status.st_ctim.tv_nsec
  }
}
