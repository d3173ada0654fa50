import Foundation

/// How many descriptors a process has open.
enum DescriptorCount {
  static func of(_ pid: Int32) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
  }
}
