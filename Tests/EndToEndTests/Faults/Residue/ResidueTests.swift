import Foundation
import Testing

extension EndToEnd {
  /// F26: when a login is over, its password is nowhere any more.
  @Suite(.enabled(if: CoreDumps.areFiles, "core files go elsewhere on this machine")) struct ResidueTests {
    private let residue = Residue(of: Canary.password)

    @Test(arguments: ResidueCase.all)
    func `nothing is left of the password of a login`(_ ending: ResidueCase) async throws {
      try CoreDumps.allow()
      let here = FileManager.default.currentDirectoryPath
      let cores = try CoreDumps.files(in: here)
      let scene = try await ResidueScene()
      let answer = try await ending.login(scene)
      #expect(answer == ending.answer, scene.gateway.logs)
      try await expectNoResidue(in: scene, within: ending.patience)
      try await expectControlIsFound(in: scene)
      #expect(try CoreDumps.files(in: here) == cores)
      try await scene.gateway.stop()
      try CoreDumps.forbid()
    }

    /// What a search finds counts if it began after the patience: on a slow machine one takes longer than that.
    private func expectNoResidue(in scene: ResidueScene, within patience: Duration) async throws {
      let end = ContinuousClock.now + patience
      var places: [String]
      var isLast: Bool
      repeat {
        let family = try await scene.family()
        isLast = ContinuousClock.now >= end
        places = try residue.places(in: family.all) + residue.places(below: scene.run.path)
      } while !places.isEmpty && !isLast
      #expect(places == [], scene.gateway.logs)
    }

    /// The same search finds what each process does hold: a path among its arguments.
    private func expectControlIsFound(in scene: ResidueScene) async throws {
      for pid in try await scene.family().all {
        let places = try Residue(of: try Self.lastArgument(of: pid)).places(in: [pid])
        #expect(places.contains { $0.hasPrefix("pid") }, "the search sees the memory of pid \(pid)")
        #expect(places.contains("/proc/\(pid)/cmdline"))
      }
      try scene.run.write("before \(Canary.password) after", to: "planted")
      #expect(try residue.places(below: scene.run.path) == ["planted"])
    }

    /// The settings' file of posternd and postern-auth, a worker's PAM directory.
    private static func lastArgument(of pid: Int32) throws -> String {
      let arguments = try String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
        .split(separator: "\0")
      return String(try #require(arguments.last))
    }

    /// The control of the crashes: cores are on, and a process that keeps the canary leaves it in one.
    @Test func `a process that keeps the password is found out, alive and by its core`() async throws {
      try CoreDumps.allow()
      let run = try RunDirectory()
      let directory = try run.make("cores")
      let ready = run.path("ready")
      let keeper = try RunningProcess(
        "sh", ["-c", "cd '\(directory)' && IFS= read -r kept && : >'\(ready)' && sleep 60"],
        input: try run.write("\(Canary.password)\n", to: "canary"), output: run.path("out"),
        errors: run.path("out"))
      try await eventually("it keeps") { FileManager.default.fileExists(atPath: ready) }
      #expect(try !residue.places(in: [keeper.pid]).isEmpty)
      keeper.signal(SIGABRT)
      try await eventually("it ends") { !keeper.isRunning }
      try await keeper.destroy()
      #expect(try !residue.places(below: directory).isEmpty)
      try CoreDumps.forbid()
    }
  }
}
