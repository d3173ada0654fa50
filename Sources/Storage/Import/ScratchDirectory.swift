import CLinux
import Glibc
import SystemCalls

/// A new directory of plain files, which goes away with its owner.
///
/// One whose process was killed is taken away when the next is made beside it: the lock on one that is in use goes
/// with its process.
struct ScratchDirectory: ~Copyable {
  private static let prefix = ".postern-import-"
  /// What mkdtemp makes another name of each time.
  private static let pattern = "XXXXXX"
  /// How many that were left are taken away at a time.
  private static let mostLeft = 16
  /// How often it is made anew when another process, at its beginning, takes it for one that was left.
  private static let attempts = 4

  let path: String
  /// Holds the lock.
  private let directory: Descriptor

  /// Makes it within `parent`; only its owner may look into it.
  init(in parent: String) throws(SystemError) {
    Self.clear(parent)
    for _ in 0..<Self.attempts {
      var template = Array("\(parent)/\(Self.prefix)\(Self.pattern)".utf8CString)
      guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
      let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard let directory = Self.taken(path) else { continue }
      self.path = path
      self.directory = directory
      return
    }
    throw SystemError("mkdtemp", code: EAGAIN)
  }

  deinit {
    // What can't go stays, and is only a copy.
    Self.empty(directory)
    _ = rmdir(path)
  }

  /// What a directory holds, by name.
  static func names(in directory: String) throws(SystemError) -> [String] {
    guard let stream = opendir(directory) else { throw SystemError("opendir") }
    return names(in: stream)
  }

  private static func names(in stream: OpaquePointer) -> [String] {
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { name in
        String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

// MARK: What was left

extension ScratchDirectory {
  /// Takes away what others like this have left in `parent`.
  private static func clear(_ parent: String) {
    guard let names = try? names(in: parent) else { return }
    var left = names.filter {
      $0.hasPrefix(prefix) && $0.utf8.count == prefix.utf8.count + pattern.utf8.count
    }[...]
    var room = mostLeft
    while room > 0, let name = left.popFirst() {
      let path = "\(parent)/\(name)"
      guard let directory = taken(path) else { continue }
      empty(directory)
      _ = rmdir(path)
      room -= 1
    }
  }

  /// A directory as this makes them, of this user, that no process has in use; then this one has.
  private static func taken(_ path: String) -> Descriptor? {
    let number = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { return nil }
    let directory = Descriptor(owning: number)
    guard clinux_flock(number) == 0 else { return nil }
    var status = stat()
    let isOurs =
      fstat(number, &status) == 0 && status.st_uid == geteuid() && status.st_mode & 0o7777 == 0o700
    // One without a link to it is gone.
    guard isOurs, status.st_nlink > 0 else { return nil }
    return directory
  }

  /// By descriptor, so that nothing can be put in its place meanwhile.
  private static func empty(_ directory: borrowing Descriptor) {
    let number = openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return }
    guard let stream = fdopendir(number) else {
      close(number)
      return
    }
    for name in names(in: stream) { _ = unlinkat(directory.number, name, 0) }
  }
}
