import Foundation
import SystemCalls

/// Another process's memory, as root reads it, forbidden core dumps or not.
struct ProcessMemory {
  let pid: Int32

  private static let chunk = 1 << 20

  /// Where any of `needles` stands in memory that the process can have written to.
  func places(of needles: [[UInt8]]) throws -> [String] {
    let memory = Descriptor(
      owning: try retrying("open /proc/\(pid)/mem") { open("/proc/\(pid)/mem", O_RDONLY | O_CLOEXEC) })
    return try regions().flatMap { region in
      Self.hits(of: needles, in: region.addresses, of: memory).map { "pid \(pid), \(region.name) at \($0)" }
    }
  }

  private struct Region {
    var addresses: Range<Int>
    var name: String
  }

  private func regions() throws -> [Region] {
    let maps = try KernelFile.text("/proc/\(pid)/maps")
    return maps.split(separator: "\n").compactMap { line in
      // START-END rwxp OFFSET DEVICE INODE NAME
      let columns = line.split(separator: " ", maxSplits: 5)
      let ends = columns[0].split(separator: "-").compactMap { Int($0, radix: 16) }
      guard ends.count == 2, columns[1].hasPrefix("r"), columns[1].hasPrefix("rw") || columns[4] == "0" else {
        return nil
      }
      let name = columns.count > 5 ? columns[5].drop { $0 == " " } : "no name"
      return Region(addresses: ends[0]..<ends[1], name: String(name))
    }
  }

  /// The addresses of hits; what the kernel doesn't give out (guard pages, its own) is passed over.
  private static func hits(
    of needles: [[UInt8]], in addresses: Range<Int>, of memory: borrowing Descriptor
  ) -> [String] {
    let overlap = needles.map(\.count).max() ?? 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 16)
    defer { buffer.deallocate() }
    var found: [String] = []
    var address = addresses.lowerBound
    while address < addresses.upperBound {
      let wanted = min(chunk, addresses.upperBound - address)
      let count = pread(memory.number, buffer.baseAddress, wanted, address)
      guard count > 0 else { return found }
      let read = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      for needle in needles {
        found += offsets(of: needle, in: read).map { String(address + $0, radix: 16) }
      }
      guard address + count < addresses.upperBound else { return found }
      address += max(1, count - overlap)
    }
    return found
  }

  private static func offsets(of needle: [UInt8], in bytes: UnsafeRawBufferPointer) -> [Int] {
    guard let start = bytes.baseAddress, let first = needle.first else { return [] }
    var found: [Int] = []
    var offset = 0
    while offset + needle.count <= bytes.count,
      let hit = memchr(start + offset, Int32(first), bytes.count - offset - needle.count + 1)
    {
      if memcmp(hit, needle, needle.count) == 0 { found.append(start.distance(to: UnsafeRawPointer(hit))) }
      offset = start.distance(to: UnsafeRawPointer(hit)) + 1
    }
    return found
  }
}
