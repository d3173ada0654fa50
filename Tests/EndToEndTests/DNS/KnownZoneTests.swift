import Foundation
import Testing

extension EndToEnd {
  /// `postern check` with the list of lists that is shipped.
  @Suite struct KnownZoneTests {
    /// What old how-tos still recommend.
    private static let outdated = ["cbl.abuseat.org", "sbl-xbl.spamhaus.org", "cblless.anti-spam.org.cn"]

    @Test func `check names the lists that answer no more, and what to ask instead`() async throws {
      let run = try RunDirectory()
      let etc = try Gateway.etc(in: run) { _ in }
      try run.make("etc/postern")
      try run.write(Project.text("etc/postern/dnsbl-zones"), to: "etc/postern/dnsbl-zones")
      let store = try run.make("store")
      try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
      let rules = (Self.outdated + ["bl.example"]).map { "\"reject_rbl_client \($0)\"" }
      let file = try run.write(
        """
        [policy.recipient]
        listen = ["unix:\(run.path("policy"))"]
        restrictions = [\(rules.joined(separator: ", "))]
        [mail]
        from_postfix = ""
        [control]
        directory = "\(try run.make("control"))"
        [auth]
        listen = ["\(try run.make("saslauthd"))/mux"]
        group = "root"
        [store]
        path = "\(store)/postern.db"
        """, to: "postern.toml")
      let command = etc.command(running: [Project.program("postern"), "check", "-c", file])
      let checked = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
      let told = (checked.output + checked.errors).split(separator: "\n")
      for zone in Self.outdated {
        let lines = told.filter { $0.contains("warning") && $0.contains(zone) }
        #expect(lines.count == 1, "\(zone): \(checked)")
      }
      #expect(
        told.contains { $0.contains("cbl.abuseat.org") && $0.contains("zen.spamhaus.org") }, "\(checked)")
      #expect(!told.contains { $0.contains("warning") && $0.contains("bl.example") }, "\(checked)")
      #expect(checked.status == 0, "\(checked)")
    }
  }
}
