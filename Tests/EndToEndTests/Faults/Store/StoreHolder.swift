/// Another program that keeps a database to itself, as a backup does that was forgotten.
final class StoreHolder {
  private static let script = """
    import signal, sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("held", flush=True)
    signal.pause()
    """

  private let run: RunDirectory
  private let process: RunningProcess

  /// Returns when it holds it.
  init(of path: String) async throws {
    run = try RunDirectory()
    process = try RunningProcess(
      "python3", ["-c", Self.script, path], output: run.path("said"), errors: run.path("errors"))
    _ = try await RunDirectory.text(run.path("said")) { $0 == "held\n" }
  }

  func letGo() async throws { try await process.stop() }
}
