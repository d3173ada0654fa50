import Glibc

/// Links in the file system.
package enum SymbolicLink {
  /// Linux follows no more than this.
  private static let mostHops = 40

  /// The directories that a chain of links leads through, the first link's own left out; none for what is no
  /// link.
  package static func directories(from path: String) -> [String] {
    var directories: [String] = []
    var place = path
    for _ in 0..<mostHops {
      guard let target = read(place) else { break }
      place = target.hasPrefix("/") ? target : "\(parentDirectory(of: place))/\(target)"
      guard let resolved = realpath(parentDirectory(of: place), nil) else { break }
      directories.append(String(cString: resolved))
      free(resolved)
    }
    return directories
  }

  private static func read(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &target, target.count)
    guard count > 0 else { return nil }
    return String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
