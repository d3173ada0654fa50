import Foundation
import Testing

extension Gateway {
  /// Runs a command of `postern` with this daemon's configuration, as `user` or else as root.
  func postern(_ arguments: [String], as user: String? = nil) async throws -> Finished {
    let command = [Project.program("postern")] + arguments + ["-c", settingsFile]
    // The files that decide are the daemon's own, and so is what `postern check` looks at.
    let whole = etc.command(running: Self.become(user) + command)
    return try await run(whole[0], Array(whole.dropFirst()))
  }

  /// What a command prints with `--json` that prints an array.
  func objects(_ arguments: [String]) async throws -> [[String: Any]] {
    let shown = try await postern(arguments + ["--json"])
    let array = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]]
    return try #require(array, "\(shown)")
  }

  private static func become(_ user: String?) -> [String] {
    guard let user else { return [] }
    return ["setpriv", "--reuid=\(user)", "--regid=nogroup", "--groups=adm"]
  }
}
