import Foundation
import Glibc
import SystemCalls
import Testing

extension EndToEnd {
  /// `postern import postgrey`, of a database that the real one has written.
  @Suite(.enabled(if: access("/usr/sbin/postgrey", X_OK) == 0, "postgrey is not installed"))
  struct ImportTests {
    /// A real postgrey's directory, with one triplet that waits, and the real one stopped.
    private static func database(in run: RunDirectory) async throws -> String {
      let directory = try run.make("postgrey", owner: "postgrey", group: "postgrey", mode: 0o700)
      let socket = run.path("postgrey.socket")
      let log = run.path("postgrey.log")
      let postgrey = try RunningProcess(
        "/usr/sbin/postgrey",
        [
          "--unix=\(socket)", "--dbdir=\(directory)", "--whitelist-clients=/dev/null",
          "--whitelist-recipients=/dev/null",
        ], output: log, errors: log)
      try await eventually("postgrey serves") { Gateway.isConnectable(socket) }
      let action = try GreylistService.ask(socket, "192.0.2.1", "a@b.example", "u@lab.example")
      #expect(action == "DEFER_IF_PERMIT")
      try await postgrey.destroy()
      return directory
    }

    private static func settings(in run: RunDirectory) throws -> String {
      try run.write("[run]\nfront = \"nobody\"\n", to: "postern.toml")
    }

    @Test func `a store is made for the service's user, and the same again takes nothing more`() async throws
    {
      let run = try RunDirectory()
      let database = try await Self.database(in: run)
      let store = run.path("new/postern.db")
      let command = [
        "import", "postgrey", database, "--store", store, "-c", try Self.settings(in: run),
      ]
      let first = try await EndToEndTests.run(Project.program("postern"), command)
      #expect(
        first
          == Finished(
            status: 0,
            output: """
              triplets  1 taken, 0 known, 0 expired, 0 malformed
              clients   0 taken, 0 known, 0 expired, 0 malformed

              """, errors: ""))
      let names = try FileManager.default.contentsOfDirectory(atPath: run.path("new"))
      #expect(names.contains("postern.db"))
      for name in names {
        let attributes = try FileManager.default.attributesOfItem(atPath: run.path("new/\(name)"))
        #expect(attributes[.ownerAccountName] as? String == "nobody", "\(name)")
      }
      let again = try await EndToEndTests.run(Project.program("postern"), command + ["--json"])
      #expect(
        again.output == """
          {"clients":{"expired":0,"known":0,"malformed":0,"taken":0},\
          "triplets":{"expired":0,"known":1,"malformed":0,"taken":0}}

          """, "\(again)")
    }

    @Test func `a running service knows what was imported`() async throws {
      try await GreylistService.with { service in
        #expect(try service.ask("198.51.100.1", "x@y.example", "u@lab.example") == "DEFER_IF_PERMIT")
        let database = try await Self.database(in: service.run)
        let imported = try await EndToEndTests.run(
          Project.program("postern"),
          [
            "import", "postgrey", database, "--store", service.store, "-c",
            try Self.settings(in: service.run),
          ])
        #expect(imported.status == 0, "\(imported)")
        #expect(try await service.senders(["list"]) == ["a@b.example", "x@y.example"])
        // It can still be written.
        #expect(try service.ask("203.0.113.1", "p@q.example", "u@lab.example") == "DEFER_IF_PERMIT")
      }
    }

    @Test func `what can't be imported is said, and nothing is greylisted away`() async throws {
      let run = try RunDirectory()
      let settings = try Self.settings(in: run)
      func importing(_ directory: String, into store: String) async throws -> Finished {
        try await EndToEndTests.run(
          Project.program("postern"),
          ["import", "postgrey", directory, "--store", store, "-c", settings])
      }
      let none = try await importing(try run.make("empty"), into: run.path("a/postern.db"))
      #expect(none.status == 1 && none.errors.contains("no postgrey.db in it"), "\(none)")
      let database = try await Self.database(in: run)
      try run.make("b")
      try run.write("no database at all, but long enough to be looked at\n", to: "b/postern.db")
      let foreign = try await importing(database, into: run.path("b/postern.db"))
      #expect(foreign.status == 75 && foreign.errors.contains("left alone"), "\(foreign)")
      let nobody = try run.write("[run]\nfront = \"nobody-at-all\"\n", to: "nobody.toml")
      let missing = try await EndToEndTests.run(
        Project.program("postern"),
        ["import", "postgrey", database, "--store", run.path("c/postern.db"), "-c", nobody])
      #expect(missing.status == 78 && missing.errors.contains("no user nobody-at-all"), "\(missing)")
    }
  }
}
