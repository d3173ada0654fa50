import Foundation
import Testing

extension EndToEnd {
  /// A table that is root's alone: who starts the service can read it, and the service can't.
  @Suite struct UnreadableTableTests {
    @Test func `is named with its mend wherever one looks, and used once that is done`() async throws {
      let run = try RunDirectory()
      try run.make("tables")
      let table = try run.write("192.0.2.0/24 REJECT by the table\n", to: "tables/clients")
      try run.own("tables/clients", group: "root", mode: 0o600)
      let store = try run.make("store")
      try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
      let socket = run.path("policy")
      let settings = """
        [policy.client]
        listen = ["unix:\(socket)"]
        restrictions = ["check_client_access cidr:\(table)"]
        [mail]
        from_postfix = ""
        [store]
        path = "\(store)/postern.db"

        """
      let gateway = try await Gateway(
        .posternd, in: run, at: try run.make("saslauthd"), options: .init(settings: settings))
      let mend = "chgrp postern \(table) && chmod g+r \(table)"
      try await gateway.says(
        "a table can't be used, and what asks it answers 451: \(table): Permission denied")
      try await gateway.says("mend: \(mend)")
      try await gateway.says("error=\"\(table): Permission denied\" mend=\"\(mend)\"")
      let checked = try await gateway.postern(["check"])
      #expect(checked.status == 0 && checked.errors.contains("mend: \(mend)"), "\(checked)")

      try await eventually("the service listens") { Gateway.isConnectable(socket) }
      let client = try PolicyClient(socket)
      let before = try await client.ask(PolicyQuestion())
      #expect(before.hasPrefix("451 4.3.5 "), "\(before)")
      let shell = gateway.etc.command(running: ["sh", "-c", mend])
      try await must(shell[0], Array(shell.dropFirst()))
      let end = ContinuousClock.now + .seconds(15)
      var after = before
      while !after.contains("by the table"), ContinuousClock.now < end {
        after = try await client.ask(PolicyQuestion())
      }
      #expect(after.contains("by the table"), "\(after) \(gateway.logs)")
      let content = try await gateway.postern(["check"])
      #expect(content.status == 0 && !content.errors.contains(table), "\(content)")
      try await gateway.stop()
    }
  }
}
