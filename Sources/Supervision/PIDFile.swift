import Glibc
import SystemCalls

/// `saslauthd.pid`: the daemon's pid on a line, while it is detached.
struct PIDFile {
  let path: String

  /// Writes this process's pid; a file that another life left is overwritten, a link is not followed.
  func write() throws(SystemError) {
    let file = Descriptor(
      owning: try retrying("open \(path)") {
        open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
      })
    let line = Array("\(getpid())\n".utf8)
    let number = file.number
    try retrying("write \(path)") { Glibc.write(number, line, line.count) }
  }

  /// Removes the file, or empties it where the directory is another user's.
  func remove() {
    if unlink(path) != 0 { truncate(path, 0) }
  }
}
