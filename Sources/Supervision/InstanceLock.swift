import Glibc
import SystemCalls

/// The lock that one instance holds on its run directory, as saslauthd does on its `saslauthd.pid.lock`.
struct InstanceLock: ~Copyable {
  private let file: Descriptor

  /// Why the lock could not be had.
  enum Failure: Error, Equatable {
    /// Somebody else holds it.
    case held(path: String)
    case system(SystemError)
  }

  /// Takes the lock, which ends with the process.
  init(path: String) throws(Failure) {
    try self.init(file: Self.open(path), path: path)
  }

  private init(file: consuming Descriptor, path: String) throws(Failure) {
    let number = file.number
    self.file = file
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    guard fcntl(number, F_SETLK, &range) != 0 else { return }
    throw errno == EACCES || errno == EAGAIN ? .held(path: path) : .system(SystemError("fcntl"))
  }

  /// Gives the lock up; until then it is held.
  consuming func release() {}

  private static func open(_ path: String) throws(Failure) -> Descriptor {
    do throws(SystemError) {
      return Descriptor(
        owning: try retrying("open \(path)") {
          Glibc.open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        })
    } catch {
      throw .system(error)
    }
  }
}
