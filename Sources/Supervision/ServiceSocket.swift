import CLinux
import Glibc
import SystemCalls

/// A listening unix socket that posternd makes and hands to a service.
struct ServiceSocket: Equatable {
  let path: String
  let mode: UInt32
  /// Empty: the process's own group.
  let group: String
  /// Connections that may wait to be accepted.
  var backlog: Int32 = 1024

  /// Why a socket could not be had.
  enum Failure: Error, Equatable, CustomStringConvertible {
    case inUse(path: String)
    case notASocket(path: String)
    case noGroup(String)
    case internet(InternetSocket.Failure, host: String, port: UInt16)
    case system(SystemError, path: String)

    var description: String {
      switch self {
      case .inUse(let path): "another instance serves \(path)"
      case .notASocket(let path): "\(path) exists and is not a socket; move it away"
      case .noGroup(let name): "there is no group \(name); create it with: addgroup --system \(name)"
      case .internet(let failure, let host, let port): "\(host):\(port): \(failure)"
      case .system(let error, let path): "\(path): \(error)"
      }
    }
  }

  /// Binds the socket; a stale one is replaced, a live one is left alone.
  ///
  /// Two starts at the same time are kept apart by the instance's lock.
  func bind() throws(Failure) -> Descriptor {
    try removeStale()
    do {
      let socket = try UnixSocket.listen(at: path, backlog: backlog)
      try give(to: group)
      try retrying("chmod") { chmod(path, mode) }
      return socket
    } catch let error as Failure {
      throw error
    } catch let error as SystemError {
      throw .system(error, path: path)
    } catch {
      preconditionFailure("nothing else is thrown here")
    }
  }

  /// Who a connection attempt says is there decides; a file that isn't a socket is never removed.
  private func removeStale() throws(Failure) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
    do {
      _ = try UnixSocket.connect(to: path)
    } catch {
      guard error.code == ECONNREFUSED else { throw .system(error, path: path) }
      guard unlink(path) == 0 else { throw .system(SystemError("unlink"), path: path) }
      return
    }
    throw .inUse(path: path)
  }

  private func give(to group: String) throws {
    guard !group.isEmpty, geteuid() == 0 else { return }
    guard let gid = Account.group(named: group) else { throw Failure.noGroup(group) }
    try retrying("chown") { chown(path, uid_t.max, gid) }
  }
}
