import Foundation
import Testing

extension EndToEnd {
  /// Whitelist files that change under a service that nobody tells of it.
  @Suite struct WhitelistChangeTests {
    @Test func `a change counts, and one with a mistake is named and doesn't`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let client = try greylist.client()
        #expect(try await Self.waits("mx.friend.example", at: client))
        try greylist.run.write("friend.example\n", to: "whitelist_clients")
        try await Self.await("mx.friend.example", toWait: false, at: client)

        try greylist.run.write("friend.example\nfoe.example\nmy best friend\n", to: "whitelist_clients")
        try await eventually("it is said") {
          greylist.log.contains("whitelist_clients line 3: doesn't look like a hostname")
            && greylist.log.contains("the old ones stay")
        }
        #expect(try await !Self.waits("mx.friend.example", at: client), greylist.logs)
        #expect(try await Self.waits("mx.foe.example", at: client), greylist.logs)

        try greylist.run.write("foe.example\n", to: "whitelist_clients")
        try await Self.await("mx.foe.example", toWait: false, at: client)
        #expect(try await Self.waits("mx.friend.example", at: client), greylist.logs)
      }
    }

    @Test func `a .local may come later, and go again`() async throws {
      let run = try RunDirectory()
      let flags = ["client", "recipient"].map { kind in
        "--whitelist-\(kind)s=\(run.path("local/whitelist_\(kind)s.local"))"
      }
      let greylist = try await GreylistDaemon(.posternd, in: run, options: .init(flags: flags))
      let client = try greylist.client()
      #expect(try await Self.waits("mx.cousin.example", at: client), greylist.logs)
      // Not even their directory was there.
      try run.make("local")
      try run.write("cousin.example\n", to: "local/whitelist_clients.local")
      try await Self.await("mx.cousin.example", toWait: false, at: client)

      #expect(try await Self.waits("mx.other.example", "postmaster@lab.example", at: client), greylist.logs)
      try run.write("postmaster@\n", to: "local/whitelist_recipients.local")
      try await Self.await("mx.other.example", "postmaster@lab.example", toWait: false, at: client)

      try FileManager.default.removeItem(atPath: run.path("local/whitelist_clients.local"))
      try await Self.await("mx.cousin.example", toWait: true, at: client)
      try await greylist.stop()
    }

    private static func waits(
      _ name: String, _ recipient: String = "u@lab.example", at client: PolicyClient
    ) async throws -> Bool {
      try await client.ask(PolicyQuestion(name: name, recipient: recipient)).hasPrefix("DEFER_IF_PERMIT")
    }

    /// Asks until the answer is that one, or time is over; nobody passes by asking, which takes five minutes.
    private static func await(
      _ name: String, _ recipient: String = "u@lab.example", toWait expected: Bool, at client: PolicyClient
    ) async throws {
      try await eventually("\(name) waits: \(expected)", within: .seconds(15)) {
        try await waits(name, recipient, at: client) == expected
      }
    }
  }
}
