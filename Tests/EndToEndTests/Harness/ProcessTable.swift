import Foundation

/// What the kernel tells of processes.
enum ProcessTable {
  /// One row.
  struct Entry: Equatable {
    var pid: Int32
    var parent: Int32
    var name: String
    var isZombie: Bool
  }

  static func entry(_ pid: Int32) -> Entry? {
    guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
    let line = String(decoding: data, as: UTF8.self)
    // The name stands in parentheses and may hold anything, parentheses too.
    guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")") else { return nil }
    let rest = line[line.index(after: close)...].split(separator: " ")
    guard rest.count > 1, let parent = Int32(rest[1]) else { return nil }
    return Entry(
      pid: pid, parent: parent, name: String(line[line.index(after: open)..<close]), isZombie: rest[0] == "Z")
  }

  /// Whether a process still does anything; one that nobody has reaped doesn't.
  static func isAlive(_ pid: Int32) -> Bool { entry(pid).map { !$0.isZombie } ?? false }

  static func children(of parent: Int32) throws -> [Entry] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.compactMap(entry)
      .filter { $0.parent == parent && !$0.isZombie }
  }

  /// All below `ancestor`.
  static func descendants(of ancestor: Int32) throws -> [Entry] {
    try children(of: ancestor).flatMap { try [$0] + descendants(of: $0.pid) }
  }
}
