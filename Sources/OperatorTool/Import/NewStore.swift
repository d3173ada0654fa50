import Glibc
import SystemCalls

/// A store that root makes for the user who is to write to it.
///
/// SQLite gives the log and the index beside a database to the database's owner when root opens it, so that only the
/// file itself has to be made in his name. One that is there stays whose it is.
struct NewStore {
  private let path: String
  private let user: String

  /// Why it can't be made.
  enum Fault: Error {
    /// The configuration's user isn't there.
    case noUser(String)
    case system(SystemError)
  }

  /// - Parameters:
  ///   - path: the store's file.
  ///   - user: whose it is when its directory is root's.
  init(path: String, user: String) {
    self.path = path
    self.user = user
  }

  /// The directory that a file is in.
  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the file, and its directory, unless they are there; does nothing for who isn't root: then all is his own.
  func make() throws(Fault) {
    guard geteuid() == 0, access(path, F_OK) != 0 else { return }
    let directory = Self.directory(of: path)
    if mkdir(directory, 0o700) == 0 {
      let user = try account
      try Self.system { () throws(SystemError) in
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let made = Descriptor(owning: try retrying("open") { open(directory, flags) })
        let number = made.number
        try retrying("fchown") { fchown(number, user.uid, user.gid) }
      }
    }
    let owner = try owner(of: directory)
    let user = owner.uid == 0 ? try account : owner
    try Self.system { () throws(SystemError) in
      let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      // The service may have been faster.
      if number < 0, errno == EEXIST { return }
      guard number >= 0 else { throw SystemError("open") }
      let file = Descriptor(owning: number)
      try retrying("fchown") { fchown(file.number, user.uid, user.gid) }
    }
  }

  private typealias Owner = (uid: uid_t, gid: gid_t)

  private func owner(of directory: String) throws(Fault) -> Owner {
    var status = stat()
    try Self.system { () throws(SystemError) in try retrying("stat") { stat(directory, &status) } }
    return (status.st_uid, status.st_gid)
  }

  private var account: Owner {
    get throws(Fault) {
      guard let account = Account(named: user) else { throw .noUser(user) }
      return (account.uid, account.gid)
    }
  }

  @discardableResult
  private static func system<Result>(_ body: () throws(SystemError) -> Result) throws(Fault) -> Result {
    do throws(SystemError) { return try body() } catch { throw .system(error) }
  }
}
