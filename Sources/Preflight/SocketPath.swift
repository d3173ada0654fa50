import Glibc

/// A socket's path and the directories that lead to it.
struct SocketPath {
  private let components: [Substring]

  init(_ path: String) { components = path.split(separator: "/") }

  /// From the root to the one that the socket is in.
  var directories: [String] {
    components.indices.map { "/" + components[..<$0].joined(separator: "/") }
  }

  /// The directory without links, as far as it exists.
  var resolvedDirectory: String? {
    guard let directory = directories.last, let resolved = realpath(directory, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether the socket's directory and `other` are one and the same, under two names.
  func isSameDirectory(as other: String) -> Bool {
    var ours = stat()
    var theirs = stat()
    guard let directory = directories.last, stat(directory, &ours) == 0, stat(other, &theirs) == 0 else {
      return false
    }
    return ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino
  }
}
