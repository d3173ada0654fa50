import Foundation
import Testing

extension Gateway {
  /// Settings with which every login is a worker's.
  static let uncached = "[auth.cache]\nlifetime = \"0\"\n"

  /// The numbers of `postern status`, by their names.
  func status() async throws -> [String: Int] {
    let shown = try await postern(["status", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    return try #require(object, "\(shown)").compactMapValues { $0 as? Int }
  }
}
