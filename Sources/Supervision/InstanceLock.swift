import CLinux
import Glibc
import SystemCalls

/// The lock that one instance holds on its run directory, as saslauthd does on its `saslauthd.pid.lock` and postgrey
/// on its `postgrey.lock`.
///
/// It is both of the kernel's kinds, fcntl as saslauthd's and flock as postgrey's, so that the real ones are kept out,
/// too, and keep us out.
struct InstanceLock: ~Copyable {
  private let file: Descriptor

  /// Why the lock could not be had.
  enum Failure: Error, Equatable {
    /// Somebody else holds it.
    case held(path: String)
    case system(SystemError)
  }

  /// Takes the lock, which ends with the process.
  ///
  /// - Parameters:
  ///   - path: its file, which stays.
  ///   - owner: whose the file is to be, where root makes it: whoever takes our place may run as that user alone.
  /// - Throws: also when another instance holds it.
  init(path: String, owner: Account? = nil) throws(Failure) {
    try self.init(file: Self.open(path, owner: owner), path: path)
  }

  private init(file: consuming Descriptor, path: String) throws(Failure) {
    let number = file.number
    self.file = file
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    guard fcntl(number, F_SETLK, &range) != 0 || clinux_flock(number) != 0 else { return }
    throw errno == EACCES || errno == EAGAIN ? .held(path: path) : .system(SystemError("lock"))
  }

  /// Gives the lock up; until then it is held.
  consuming func release() {}

  private static func open(_ path: String, owner: Account?) throws(Failure) -> Descriptor {
    do throws(SystemError) {
      let file = Descriptor(
        owning: try retrying("open \(path)") {
          Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        })
      let number = file.number
      if let owner, geteuid() == 0 {
        try retrying("chown \(path)") { fchown(number, owner.uid, owner.gid) }
      }
      return file
    } catch {
      throw .system(error)
    }
  }
}
