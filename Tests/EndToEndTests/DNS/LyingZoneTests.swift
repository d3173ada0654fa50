import Foundation
import TestKit
import Testing

extension EndToEnd {
  /// Lists that begin to lie, and come to themselves again: rbldnsd has them, as their operators have.
  @Suite struct LyingZoneTests {
    private static let wholeWorld = "0.0.0.0/1\n128.0.0.0/1\n"
    private static func zone(_ lines: String) -> Rbldnsd.Zone {
      Rbldnsd.Zone(name: "bl.example", format: "ip4set", text: lines)
    }

    private static let sound = ":127.0.0.2:listed\n127.0.0.2\n192.0.2.9\n"
    /// How more than one list has ended, so that the last who asked would notice.
    private static let world = ":127.0.0.2:this list is shut down\n\(wholeWorld)"

    private static func with(
      _ text: String, _ body: (LookupService, Rbldnsd) async throws -> Void
    ) async throws {
      let run = try RunDirectory()
      let lists = try await Rbldnsd([zone(text)], lifetime: 1, in: run)
      let settings = "[dns.zone.\"bl.example\"]\nservers = [\"\(lists.endpoint)\"]\n"
      try await LookupService.with(["reject_rbl_client bl.example"], settings: settings) { service in
        try await body(service, lists)
      }
      try await lists.stop()
    }

    /// The service begins anew, and with it the probes.
    private static func reload(_ service: LookupService) async throws {
      let before = try await service.gateway.part("postern-policy").pid
      try await service.gateway.reload()
      try await eventually("another one serves") {
        try ProcessTable.descendants(of: service.gateway.process.pid).contains {
          $0.name == "postern-policy" && $0.pid != before
        }
      }
    }

    private static func aside(
      _ service: LookupService, until condition: ([String]) -> Bool = { _ in true }
    ) async throws -> [String] {
      let end = ContinuousClock.now + .seconds(15)
      while true {
        let zones = try await service.texts("zones_aside")
        if !zones.isEmpty && condition(zones) || ContinuousClock.now > end { return zones }
      }
    }

    @Test func `a list that begins to list the world is set aside, said once, and taken back`() async throws {
      try await Self.with(Self.sound) { service, lists in
        let listed = try service.ask("192.0.2.9")
        #expect(listed.hasPrefix("554 5.7.1 ") && listed.hasSuffix("using bl.example; listed"), "\(listed)")
        let other = try service.ask("192.0.2.10")
        #expect(other == "DUNNO", service.logs)

        try await lists.replace("bl.example", Self.world)
        try await Self.reload(service)
        let aside = try await Self.aside(service)
        #expect(
          aside.count == 1 && aside[0].hasPrefix("bl.example: it lists its test entry that must not be"),
          "\(aside)")
        for client in ["192.0.2.9", "192.0.2.10", "198.51.100.1"] {
          let answer = try service.ask(client)
          #expect(answer == "DUNNO", service.logs)
        }
        let screen = try await service.gateway.postern(["status"])
        #expect(screen.output.contains("zones         none"), "\(screen)")
        #expect(screen.output.contains("set aside     bl.example: it lists"), "\(screen)")
        let told = service.gateway.log.components(separatedBy: "a DNS list is set aside").count - 1
        #expect(told == 1, service.logs)
        #expect(service.gateway.log.contains("zone=bl.example"), service.logs)
        let explained = try await service.explain("192.0.2.9")
        #expect(explained.output.contains("bl.example: set aside: it lists its test entry"), "\(explained)")

        try await lists.replace("bl.example", Self.sound)
        try await Self.reload(service)
        try await eventually("it has its say again") {
          try service.ask("192.0.2.9").hasPrefix("554 5.7.1 ")
        }
        let after = try await service.texts("zones_aside")
        #expect(after == [], service.logs)
      }
    }

    @Test func `a list that refuses us is set aside with its first answer, without a probe`() async throws {
      try await Self.with(Self.sound) { service, lists in
        #expect(try service.ask("192.0.2.10") == "DUNNO", service.logs)
        try await lists.replace(
          "bl.example", ":127.255.255.254:see https://bl.example/returnc/pub\n\(Self.wholeWorld)")
        #expect(try service.ask("192.0.2.11") == "DUNNO", service.logs)
        let aside = try await Self.aside(service)
        #expect(
          aside.count == 1 && aside[0].contains("127.255.255.254") && aside[0].contains("run a local one"),
          "\(aside)")
        #expect(try service.ask("192.0.2.12") == "DUNNO", service.logs)
        let told = service.gateway.log.components(separatedBy: "a DNS list is set aside").count - 1
        #expect(told == 1, service.logs)
      }
    }

    @Test func `a list that only a table names is probed as long as the table names it`() async throws {
      // It knows no names at all.
      let server = NameServer()
      let run = try RunDirectory()
      let table = try run.write("192.0.2.0/24 reject_rbl_client empty.example\n", to: "clients")
      let settings = "[dns]\nservers = [\"\(server.endpoint)\"]\n"
      try await LookupService.with(["check_client_access cidr:\(table)"], settings: settings) { service in
        let aside = try await Self.aside(service)
        #expect(
          aside.count == 1 && aside[0].hasPrefix("empty.example: it doesn't list its test entry"), "\(aside)")
        try run.write("192.0.2.0/24 reject_rbl_client other.example\n", to: "clients")
        let later = try await Self.aside(service) { $0.allSatisfy { $0.hasPrefix("other.example: ") } }
        #expect(later.count == 1 && later[0].hasPrefix("other.example: "), "\(later)")
      }
    }

    @Test func `a list that is empty at the start is set aside`() async throws {
      try await Self.with("# nothing\n") { service, _ in
        let aside = try await Self.aside(service)
        #expect(aside.first?.contains("doesn't list its test entry") == true, "\(aside)")
      }
    }
  }
}
