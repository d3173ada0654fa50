import Foundation
import Testing

extension EndToEnd {
  /// `postern greylist`, asked of a running service.
  @Suite struct GreylistCommandTests {
    private static let deferred = "DEFER_IF_PERMIT"

    @Test func `list finds what it is asked for, and says when there is more`() async throws {
      try await GreylistService.with { service in
        for (client, sender) in [
          ("192.0.2.1", "a@b.example"), ("192.0.3.1", ""), ("2001:db8::1", "c@d.example"),
        ] {
          #expect(try service.ask(client, sender, "u@lab.example") == Self.deferred)
        }
        #expect(try await service.senders(["list"]) == ["a@b.example", "", "c@d.example"])
        #expect(try await service.senders(["list", "--sender", "d.example"]) == ["c@d.example"])
        #expect(try await service.senders(["list", "--sender", "<>"]) == [""])
        #expect(try await service.senders(["list", "--client", "192.0.2.200"]) == ["a@b.example"])
        #expect(try await service.senders(["list", "--recipient", "other.example"]) == [])
        let part = try await service.object(["list", "--limit", "2"])
        #expect((part["triplets"] as? [Any])?.count == 2 && part["more"] as? Bool == true)
        let screen = try await service.postern(["greylist", "list"])
        #expect(screen.status == 0 && screen.output.contains("192.0.3.0 <> u@lab.example"), "\(screen)")
      }
    }

    @Test func `more triplets than one page are all walked through`() async throws {
      try await GreylistService.with { service in
        for number in 0..<600 {
          _ = try service.ask("10.\(number / 250).\(number % 250).1", "a@b.example", "u@lab.example")
        }
        let all = try await service.object(["list", "--limit", "10000"])
        #expect(all["more"] as? Bool == true, "an answer takes 60 KiB")
        let stats = try await service.object(["stats"])
        #expect((stats["greylist"] as? [String: Int])?["triplets_waiting"] == 600, "\(stats)")
        #expect((stats["decisions"] as? [String: Int])?["new"] == 600, "\(stats)")
        #expect(try await service.senders(["list", "--client", "10.2.99.1"]) == ["a@b.example"])
      }
    }

    @Test func `show tells how long a triplet waits, and whether it has passed`() async throws {
      try await GreylistService.with(["--delay=1"]) { service in
        let triplet = ["192.0.2.1", "a@b.example", "u@lab.example"]
        let unknown = try await service.postern(["greylist", "show"] + triplet)
        #expect(unknown.status == 1 && unknown.output.hasPrefix("not known"), "\(unknown)")
        #expect(try service.ask(triplet[0], triplet[1], triplet[2]) == Self.deferred)
        #expect(try await Self.shown(triplet, by: service)["passed"] as? Bool == false)
        try await eventually("it passes") {
          try service.ask(triplet[0], triplet[1], triplet[2]) != Self.deferred
        }
        #expect(try await Self.shown(triplet, by: service)["passed"] as? Bool == true)
      }
    }

    @Test func `awaited mail passes at once, for whom it is meant and as long as was said`() async throws {
      try await GreylistService.with { service in
        #expect(try service.ask("192.0.2.1", "x@mail.code.example", "u@lab.example") == Self.deferred)
        let arguments = ["allow", "code.example", "--recipient", "u@lab.example", "--for", "6s"]
        let allowed = try await service.postern(["greylist"] + arguments)
        #expect(allowed.status == 0, "\(allowed)")
        #expect(try service.ask("192.0.2.1", "x@mail.code.example", "u@lab.example") == "DUNNO")
        #expect(try service.ask("198.51.100.1", "y@code.example", "U@lab.example") == "DUNNO")
        #expect(try service.ask("192.0.2.1", "x@mail.code.example", "v@lab.example") == Self.deferred)
        #expect(service.process.log.contains("action=pass, reason=awaited, client_name=mx.example"))
        try await eventually("it is over") {
          try service.ask("203.0.113.1", "z@code.example", "u@lab.example") == Self.deferred
        }
      }
    }

    @Test func `awaited mail outlives a reload and a crash of the service`() async throws {
      try await GreylistService.with { service in
        #expect(try await service.postern(["greylist", "allow", "code.example"]).status == 0)
        #expect(try await service.postern(["reload"]).status == 0)
        #expect(try service.ask("192.0.2.1", "x@code.example", "u@lab.example") == "DUNNO")
        let parts = try ProcessTable.descendants(of: service.process.pid)
        let policy = try #require(parts.first { $0.name == "postern-policy" })
        kill(policy.pid, SIGKILL)
        try await eventually("another one serves") {
          try ProcessTable.descendants(of: service.process.pid).contains {
            $0.name == "postern-policy" && $0.pid != policy.pid
          }
        }
        #expect(try service.ask("192.0.2.1", "x@code.example", "v@lab.example") == "DUNNO")
        let stats = try await service.object(["stats"])
        #expect((stats["awaited"] as? [[String: Any]])?.first?["sender"] as? String == "code.example")
      }
    }

    @Test func `what is forgotten is greylisted anew`() async throws {
      try await GreylistService.with(["--delay=1"]) { service in
        let senders = ["a@b.example", "c@d.example"]
        for sender in senders {
          #expect(try service.ask("192.0.2.1", sender, "u@lab.example") == Self.deferred)
        }
        for sender in senders {
          try await eventually("it passes") {
            try service.ask("192.0.2.1", sender, "u@lab.example") != Self.deferred
          }
        }
        let one = try await service.postern(["greylist", "forget", "192.0.2.9", senders[0], "u@lab.example"])
        #expect(one == Finished(status: 0, output: "1 triplet and 0 clients forgotten\n", errors: ""))
        #expect(try service.ask("192.0.2.1", senders[0], "u@lab.example") == Self.deferred)
        #expect(try service.ask("192.0.2.1", senders[1], "u@lab.example") == "DUNNO")
        let all = try await service.postern(["greylist", "forget", "--client", "192.0.2.1"])
        #expect(all == Finished(status: 0, output: "2 triplets and 1 client forgotten\n", errors: ""))
        #expect(try service.ask("192.0.2.1", senders[1], "u@lab.example") == Self.deferred)
      }
    }

    @Test func `unconfirmed names who had time to come back and didn't`() async throws {
      try await GreylistService.with(["--delay=1"]) { service in
        _ = try service.ask("192.0.2.1", "spam@b.example", "u@lab.example")
        _ = try service.ask("192.0.3.1", "mail@b.example", "u@lab.example")
        try await eventually("one of them passes") {
          try service.ask("192.0.3.1", "mail@b.example", "u@lab.example") != Self.deferred
        }
        // The other's delay, which began before, is over as well.
        #expect(try await service.senders(["unconfirmed"]) == ["spam@b.example"])
      }
    }

    @Test func `hashed keys are shown by name alone, and say so`() async throws {
      try await GreylistService.with(["--privacy"]) { service in
        let triplet = ["192.0.2.1", "a@b.example", "u@lab.example"]
        _ = try service.ask(triplet[0], triplet[1], triplet[2])
        let listed = try await service.object(["list"])
        let key = (listed["triplets"] as? [[String: Any]])?.first?["key"] as? String
        #expect(key?.utf8.count == 40)
        #expect((listed["notes"] as? [String])?.first?.contains("--privacy") == true)
        #expect(try await Self.shown(triplet, by: service)["key"] as? String == key)
        let picked = try await service.postern(["greylist", "list", "--sender", "a@b.example"])
        #expect(picked.status == 1 && picked.errors.contains("--privacy"), "\(picked)")
        let client = try await service.postern(["greylist", "forget", "--client", triplet[0]])
        #expect(client.output.contains("0 triplets") && client.output.contains("--privacy"), "\(client)")
        let one = try await service.postern(["greylist", "forget"] + triplet)
        #expect(one.output == "1 triplet and 0 clients forgotten\n")
      }
    }

    @Test func `only root may change something`() async throws {
      try await GreylistService.with { service in
        for arguments in [["allow", "code.example"], ["forget", "--client", "192.0.2.1"]] {
          let refused = try await service.postern(["greylist"] + arguments, as: "nobody")
          #expect(refused.status == 1 && refused.errors.contains("only root"), "\(refused)")
        }
        let asked = try await service.postern(["greylist", "stats"], as: "nobody")
        #expect(asked.status == 0, "\(asked)")
      }
    }

    private static func shown(
      _ triplet: [String], by service: GreylistService
    ) async throws -> [String: Any] {
      let triplets = try await service.object(["show"] + triplet)["triplets"] as? [[String: Any]]
      return try #require(triplets?.first)
    }
  }
}
