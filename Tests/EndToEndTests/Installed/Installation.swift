import Foundation

/// What `make install` does with the programs of this build, into a directory of the test's own.
struct Installation {
  private let run: RunDirectory

  init(in run: RunDirectory) { self.run = run }

  var posternd: String { path("sbin/posternd") }

  /// Below the prefix.
  func path(_ name: String) -> String { run.path("usr/\(name)") }

  func install() async throws {
    let installing = try begin()
    try await eventually("it is installed", within: .seconds(60)) { !installing.isRunning }
    guard installing.exitStatus == 0 else {
      let finished = Finished(status: installing.exitStatus, output: "", errors: installing.log)
      throw Failed(program: "install.sh", arguments: [], finished: finished)
    }
  }

  /// Starts to install; tests use the programs meanwhile.
  func begin() throws -> RunningProcess {
    let programs = URL(filePath: Project.program("posternd")).deletingLastPathComponent().path
    return try RunningProcess(
      Project.path("scripts/install.sh"), [programs], output: run.path("install.out"),
      errors: run.path("install.out"), environment: ["DESTDIR": run.path, "PREFIX": "/usr"])
  }
}
