import Glibc
import SystemCalls

/// A new directory of plain files, which goes away with its owner.
struct ScratchDirectory: ~Copyable {
  let path: String

  /// Makes it within `parent`; only its owner may look into it.
  init(in parent: String) throws(SystemError) {
    var template = Array("\(parent)/.postern-import-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    // What can't go stays, and is only a copy.
    for name in (try? Self.names(in: path)) ?? [] { _ = unlink("\(path)/\(name)") }
    _ = rmdir(path)
  }

  /// What a directory holds, by name.
  static func names(in directory: String) throws(SystemError) -> [String] {
    guard let stream = opendir(directory) else { throw SystemError("opendir") }
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
