import Foundation

/// What `/proc` tells about a process.
package struct ProcessStatus {
  private let pid: String
  private let fields: [String: String]

  /// - Parameter pid: a number, or `thread-self`.
  /// - Throws: when there is no such process, or it may not be looked at.
  package init(of pid: String) throws {
    let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      fields[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
    self.fields = fields
    self.pid = pid
  }

  package init(of pid: Int32) throws { try self.init(of: String(pid)) }

  /// The numbers of its open descriptors; root's to know of a process that forbids dumps.
  package func descriptors() throws -> Set<Int> {
    Set(try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").compactMap { Int($0) })
  }

  /// A line of `status`, as `CapEff` or `Threads`; empty when there is none.
  package subscript(name: String) -> String { fields[name, default: ""] }

  /// The numbers of a line such as `Uid` or `Groups`.
  package func numbers(_ name: String) -> [Int] {
    self[name].split { $0.isWhitespace }.compactMap { Int($0) }
  }

  /// The capability numbers of a line such as `CapEff`.
  package func capabilities(_ name: String) -> Set<Int> {
    let bits = UInt64(self[name], radix: 16) ?? 0
    return Set((0..<64).filter { bits >> UInt64($0) & 1 == 1 })
  }
}
