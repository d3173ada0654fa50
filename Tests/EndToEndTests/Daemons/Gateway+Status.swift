import Foundation
import Testing

extension Gateway {
  /// Settings with which every login is a worker's.
  static let uncached = "[auth.cache]\nlifetime = \"0\"\n"

  /// The numbers of `postern status`, by their names.
  func status() async throws -> [String: Int] {
    try Self.numbers(in: await postern(["status", "--json"]))
  }

  /// The numbers in what `postern status --json` has printed.
  static func numbers(in shown: Finished) throws -> [String: Int] {
    let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    return try #require(object, "\(shown)").compactMapValues { $0 as? Int }
  }

  /// Waits until so many workers have said hello and check nothing.
  func idle(_ workers: Int) async throws { try await Self.idle(workers) { try await status() } }

  /// The same of a daemon that says its status otherwise.
  static func idle(_ workers: Int, by status: () async throws -> [String: Int]) async throws {
    try await eventually("\(workers) workers are idle") { try await status()["workers_idle"] == workers }
  }
}
