import CSQLite
import Glibc
import SystemCalls

/// The file that holds the database, as the file system has it.
struct DatabaseFile {
  let path: String

  /// Where a damaged file goes; one that is there already gives way.
  var damagedPath: String { path + ".damaged" }

  /// The same file, named without links on the way to its directory; only the file itself may be none.
  ///
  /// The directory is the service's user's, and root, too, opens the store.
  var pathWithoutLinks: String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    guard let directory = realpath(String(path[...slash]), nil) else { return path }
    defer { free(directory) }
    return "\(String(cString: directory))/\(path[path.index(after: slash)...])"
  }

  /// Makes an empty file that only its owner may read and write, unless there is one.
  ///
  /// SQLite gives its log and its index the same mode.
  func create() throws(SystemError) {
    let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if number >= 0 {
      _ = Descriptor(owning: number)
    } else if errno != EEXIST {
      throw SystemError("open")
    }
  }

  /// Whether the file says that it is one of ours, in the header that every page depends on.
  var isOurs: Bool {
    guard let header = try? header() else { return false }
    return header.starts(with: "SQLite format 3\0".utf8)
      && header[68..<72].reduce(0) { $0 << 8 | Int64($1) } == TripletTables.application
  }

  /// Puts a damaged database where nobody stumbles over it, its log beside it.
  func setAside() throws(SystemError) {
    _ = try retrying("rename") { rename(path, damagedPath) }
    _ = rename(path + "-wal", damagedPath + "-wal")
    _ = unlink(path + "-shm")
  }

  private func header() throws(SystemError) -> [UInt8] {
    let file = Descriptor(owning: try retrying("open") { open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) })
    var bytes = [UInt8](repeating: 0, count: 100)
    let number = file.number
    let count = try retrying("pread") { pread(number, &bytes, bytes.count, 0) }
    guard count == bytes.count else { throw SystemError("pread", code: EINVAL) }
    return bytes
  }
}
