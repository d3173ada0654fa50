import Glibc

/// What the process itself takes up at the moment: what grows in one whose libraries leak.
package struct Footprint: Equatable, Sendable {
  /// Bytes of memory that are resident.
  package let memory: Int
  /// The lowest descriptor number that is free: all below it are open.
  package let firstFreeDescriptor: Int32

  /// Looks.
  ///
  /// - Throws: when `/proc` can't be read, EMFILE when no descriptor is free.
  package static func now() throws(SystemError) -> Footprint {
    let path = "/proc/self/statm"
    // The kernel gives the lowest number.
    let file = Descriptor(owning: try retrying("open \(path)") { open(path, O_RDONLY | O_CLOEXEC) })
    let number = file.number
    var text: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0, 0, 0)
    let size = MemoryLayout.size(ofValue: text)
    let count = try retrying("read \(path)") { read(number, &text, size) }
    guard let pages = withUnsafeBytes(of: text, { resident(in: $0.prefix(count)) }) else {
      throw SystemError("read \(path)", code: EINVAL)
    }
    return Footprint(memory: pages * sysconf(Int32(_SC_PAGESIZE)), firstFreeDescriptor: number)
  }

  /// The second of the line's numbers, which are pages: all, resident, shared and so on.
  private static func resident(in text: Slice<UnsafeRawBufferPointer>) -> Int? {
    let fields = text.split(separator: UInt8(ascii: " "), maxSplits: 2)
    guard fields.count > 1 else { return nil }
    return fields[1].reduce(0) { sum, digit in sum * 10 + Int(digit) - 0x30 }
  }
}
