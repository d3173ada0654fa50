import Glibc

/// What a directory holds.
package enum DirectoryEntries {
  /// The paths of the entries, without `.` and `..`; none when the directory can't be read.
  package static func paths(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { paths.append("\(directory)/\(name)") }
    }
    return paths
  }
}
