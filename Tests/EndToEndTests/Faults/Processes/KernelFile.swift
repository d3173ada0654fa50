import Glibc
import SystemCalls

/// A file under /proc, read to its end: Foundation stops early, since these files say that they are empty.
enum KernelFile {
  static func text(_ path: String) throws -> String {
    let file = Descriptor(owning: try retrying("open \(path)") { open(path, O_RDONLY | O_CLOEXEC) })
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = try chunk.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      text += chunk[..<count]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
