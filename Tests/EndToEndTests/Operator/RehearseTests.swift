import Testing

extension EndToEnd {
  /// `postern rehearse`, as a shell meets it.
  @Suite struct RehearseTests {
    private static let opening = "client x.example 192.0.2.1\nmail a@x.example\nrcpt u@x.example\n"

    @Test(arguments: [
      ("list recipient = reject\n" + opening + "expect 554\n", 0),
      ("list recipient = reject\n" + opening + "expect OK\n", 1),
      ("list recipient = rejct\n" + opening, 78),
    ])
    func `the exit code says whether a script is content`(script: String, status: Int32) async throws {
      let run = try RunDirectory()
      try run.write("", to: "postern.toml")
      try run.write(script, to: "t.rehearsal")
      let finished = try await EndToEndTests.run(
        Project.program("postern"), ["rehearse", run.path("t.rehearsal"), "-c", run.path("postern.toml")])
      #expect(finished.status == status, "\(finished)")
    }

    @Test func `a script that can't be read is wrong usage`() async throws {
      let run = try RunDirectory()
      try run.write("", to: "postern.toml")
      let finished = try await EndToEndTests.run(
        Project.program("postern"), ["rehearse", run.path("none"), "-c", run.path("postern.toml")])
      #expect(finished.status == 64)
    }
  }
}
