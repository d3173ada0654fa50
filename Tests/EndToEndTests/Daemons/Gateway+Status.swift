import Foundation
import Testing

extension Gateway {
  /// The numbers of `postern status`, by their names.
  func status() async throws -> [String: Int] {
    let shown = try await must(
      Project.program("postern"), ["status", "--json", "--control", run.path("control")])
    let object = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
    return try #require(object, "\(shown)").compactMapValues { $0 as? Int }
  }
}
