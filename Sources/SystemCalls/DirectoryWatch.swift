import CLinux
import Glibc

/// Notices that something in a directory has changed: inotify(7), without saying what.
///
/// The kernel queues a change before the call that made it returns, so that whoever asks after a command has
/// ended is told of what the command did.
package struct DirectoryWatch: ~Copyable {
  private static let changes =
    IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
    | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR

  private let descriptor: Descriptor

  package init() throws(SystemError) {
    descriptor = Descriptor(
      owning: try retrying("inotify_init1") {
        inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
      })
  }

  /// For an event loop: readable when something has changed.
  package var number: Int32 { descriptor.number }

  /// Watches the entries of `directory`, and the directory itself; once more has no effect.
  ///
  /// - Throws: EACCES for a directory that can't be read, ENOSPC when the user has too many watches.
  package borrowing func add(_ directory: String) throws(SystemError) {
    let number = descriptor.number
    try retrying("inotify_add_watch \(directory)") {
      inotify_add_watch(number, directory, UInt32(Self.changes))
    }
  }

  /// Whether anything has changed since the last call; what can't be said is a change.
  package borrowing func takeChanges() -> Bool {
    var hasChanged = false
    while true {
      do {
        // Names of changed files are of no interest; a record with the longest is 272 bytes.
        let count = try withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) {
          buffer throws(SystemError) in try descriptor.read(into: buffer)
        }
        if count == 0 { return true }
        hasChanged = true
      } catch {
        return hasChanged || error.code != EAGAIN
      }
    }
  }
}
