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

  /// Where the copy is.
  let directory: String
  /// The names of the log's files; none when postgrey has no log.
  let log: [String]
  /// Whether there is a database of clients: not with `--auto-whitelist-clients=0`.
  let hasClients: Bool

  /// Copies what `source` holds into a new directory within `parent`.
  init(of source: String, in parent: String) throws(PostgreyImportError) {
    guard access("\(source)/\(Self.triplets)", F_OK) == 0 else { throw .noDatabase(directory: source) }
    let target = try PostgreyImportError.about(parent) { () throws(SystemError) in
      try Self.makeDirectory(in: parent)
    }
    do throws(PostgreyImportError) {
      try Self.copy(Self.triplets, from: source, to: target)
      hasClients = access("\(source)/\(Self.clients)", F_OK) == 0
      if hasClients { try Self.copy(Self.clients, from: source, to: target) }
      log = try PostgreyImportError.about(source) { () throws(SystemError) in
        try Self.names(in: source).filter { $0.hasPrefix("log.") }
      }
      for name in log { try Self.copy(name, from: source, to: target) }
    } catch {
      Self.remove(target)
      throw error
    }
    directory = target
  }

  deinit { Self.remove(directory) }

  private static func makeDirectory(in parent: String) throws(SystemError) -> String {
    var template = Array("\(parent)/.postern-import-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func copy(_ name: String, from source: String, to target: String) throws(PostgreyImportError) {
    try PostgreyImportError.about("\(source)/\(name)") { () throws(SystemError) in
      let from = Descriptor(
        owning: try retrying("open") { open("\(source)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) })
      let to = Descriptor(
        owning: try retrying("open") { open("\(target)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) })
      let (input, output) = (from.number, to.number)
      // In the kernel, at most so many bytes a call; 0 at the end.
      while try retrying("sendfile", { sendfile(output, input, nil, 1 << 24) }) > 0 {}
    }
  }

  private static func names(in directory: String) throws(SystemError) -> [String] {
    guard let stream = opendir(directory) else { throw SystemError("opendir") }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      withUnsafeBytes(of: &entry.pointee.d_name) { name in
        names.append(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
      }
    }
    return names.sorted()
  }

  /// A directory of plain files; what can't go stays, and is only a copy.
  private static func remove(_ directory: String) {
    for name in (try? names(in: directory)) ?? [] where name != "." && name != ".." {
      _ = unlink("\(directory)/\(name)")
    }
    _ = rmdir(directory)
  }
}
