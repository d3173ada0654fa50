import Foundation
import Glibc
package import SystemCalls

/// The writable memory of another process; root may look into any.
package struct ProcessMemory: ~Copyable {
  private static let longestMap = 1 << 22

  private let memory: Descriptor
  private let pid: Int32

  package init(of pid: Int32) throws(SystemError) {
    self.pid = pid
    memory = Descriptor(owning: try retrying("open") { open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC) })
  }

  /// How often `text` stands in it at this moment.
  package func count(of text: String) throws -> Int {
    let sought = Data(text.utf8)
    return try regions().reduce(0) { found, region in
      var found = found
      var rest = read(region)
      while let range = rest.firstRange(of: sought) {
        found += 1
        rest = rest[range.upperBound...]
      }
      return found
    }
  }

  private func regions() throws -> [Range<UInt64>] {
    let map = try FileContents(of: "/proc/\(pid)/maps", limit: Self.longestMap)
    return String(decoding: map.bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      let ends = fields[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      return ends.count == 2 && fields[1].hasPrefix("rw") ? ends[0]..<ends[1] : nil
    }
  }

  private func read(_ region: Range<UInt64>) -> Data {
    var bytes = Data(count: region.count)
    let number = memory.number
    let count = bytes.withUnsafeMutableBytes {
      pread(number, $0.baseAddress, $0.count, off_t(region.lowerBound))
    }
    // A region that went in the meantime is empty.
    return bytes.prefix(max(count, 0))
  }
}
