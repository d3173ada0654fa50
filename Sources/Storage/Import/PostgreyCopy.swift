import CLinux
import Glibc
import SystemCalls

/// A copy of postgrey's database, in a directory of its own that goes away with its owner.
///
/// postgrey brings its changes from its log to the files only once an hour and when it ends in peace; an idle one
/// doesn't see the signal that asks it to, and is killed in the end. The log has them: on the copy it can be put into
/// effect, while the original stays as it is. Files are copied before the log, as Berkeley DB asks for where a
/// program is still writing.
struct PostgreyCopy: ~Copyable {
  static let triplets = "postgrey.db"
  static let clients = "postgrey_clients.db"

  private let scratch: ScratchDirectory
  /// The names of the log's files; none when postgrey has no log.
  let log: [String]
  /// Whether there is a database of clients: not with `--auto-whitelist-clients=0`.
  let hasClients: Bool

  /// Where the copy is.
  var directory: String { scratch.path }

  /// Copies what `source` holds into a new directory within `parent`.
  init(of source: String, in parent: String) throws(PostgreyImportError) {
    guard access("\(source)/\(Self.triplets)", F_OK) == 0 else { throw .noDatabase(directory: source) }
    let scratch = try PostgreyImportError.about(parent) { () throws(SystemError) in
      try ScratchDirectory(in: parent)
    }
    try Self.copy(Self.triplets, from: source, to: scratch.path)
    let hasClients = access("\(source)/\(Self.clients)", F_OK) == 0
    if hasClients { try Self.copy(Self.clients, from: source, to: scratch.path) }
    let log = try PostgreyImportError.about(source) { () throws(SystemError) in
      try ScratchDirectory.names(in: source).filter { $0.hasPrefix("log.") }
    }
    for name in log { try Self.copy(name, from: source, to: scratch.path) }
    self.log = log
    self.hasClients = hasClients
    self.scratch = scratch
  }

  private static func copy(
    _ name: String, from source: String, to target: String
  ) throws(PostgreyImportError) {
    let (source, target) = ("\(source)/\(name)", "\(target)/\(name)")
    try PostgreyImportError.about(source) { () throws(SystemError) in
      let from = Descriptor(
        owning: try retrying("open") { open(source, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) })
      let to = Descriptor(
        owning: try retrying("open") { open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) })
      let (input, output) = (from.number, to.number)
      // In the kernel, at most so many bytes a call; 0 at the end.
      while try retrying("sendfile", { sendfile(output, input, nil, 1 << 24) }) > 0 {}
    }
  }
}
