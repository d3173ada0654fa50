import CLinux
import Glibc

/// What another program says on its standard error: a file in memory, read when the program has ended.
package struct Complaints: ~Copyable {
  /// To be the program's standard error.
  package let file: Descriptor

  package init() throws(SystemError) {
    file = Descriptor(owning: try retrying("memfd_create") { clinux_memory_file("complaints") })
  }

  /// The last lines of it.
  ///
  /// - Parameter limit: bytes from the end; a line that begins before them is cut.
  /// - Returns: the lines without their ends, empty ones left out.
  package func lines(limit: Int) -> [String] {
    var bytes = [UInt8](repeating: 0, count: limit)
    let size = lseek(file.number, 0, SEEK_END)
    let count = pread(file.number, &bytes, bytes.count, max(0, size - off_t(bytes.count)))
    let lines = bytes.prefix(max(0, count)).split(separator: UInt8(ascii: "\n"))
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }
}
