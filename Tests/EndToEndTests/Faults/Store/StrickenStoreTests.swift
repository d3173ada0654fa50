import Foundation
import Glibc
import SystemCalls
import TestKit
import Testing

extension EndToEnd {
  /// F42, F43: a store that can't do its work greylists nobody, which the log says, and mends without a restart.
  @Suite struct StrickenStoreTests {
    private static let deferred = "DEFER_IF_PERMIT"
    private static let trouble = "the greylist's store fails: requests pass"

    private static func options(onFailure: String = "dunno") -> Gateway.Options {
      Gateway.Options(policies: ["recipient": .init(restrictions: "check_greylist", onFailure: onFailure)])
    }

    @Test(.enabled(if: SmallDisk.canBeHad, "no disk can be mounted"))
    func `a disk that is full, and has room again`() async throws {
      let disk = try SmallDisk(size: "2m")
      var options = Self.options()
      options.store = disk.path
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let service = try await gateway.part("postern-policy").pid
        let strangers = Strangers(at: gateway)
        #expect(try await strangers.action(for: strangers.next()) == Self.deferred, gateway.logs)
        disk.fill()
        // What SQLite has room for in the files that are there.
        var action = Self.deferred
        for _ in 0..<2000 where action == Self.deferred {
          action = try await strangers.action(for: strangers.next())
        }
        #expect(action == "DUNNO", gateway.logs)
        let line = try #require(Self.complaint(of: gateway), gateway.logs)
        #expect(line.contains("no space left on the disk"), "\(line)")
        disk.clear()
        #expect(try await strangers.action(for: strangers.next()) == Self.deferred, gateway.logs)
        #expect(try await gateway.status()["greylist_skipped"] ?? 0 > 0)
        #expect(try await gateway.part("postern-policy").pid == service, gateway.logs)
      }
    }

    @Test func `a database that another program holds, and lets go`() async throws {
      try await Gateway.with(.posternd, options: Self.options(), prepare: WireAccount.add) { gateway in
        let service = try await gateway.part("postern-policy").pid
        let strangers = Strangers(at: gateway)
        #expect(try await strangers.action(for: strangers.next()) == Self.deferred, gateway.logs)
        let holder = try await StoreHolder(of: gateway.store)
        #expect(try await strangers.action(for: strangers.next()) == "DUNNO", gateway.logs)
        let line = try #require(Self.complaint(of: gateway), gateway.logs)
        #expect(line.contains("locked by another program"), "\(line)")
        try await holder.letGo()
        #expect(try await strangers.action(for: strangers.next()) == Self.deferred, gateway.logs)
        #expect(try await gateway.part("postern-policy").pid == service, gateway.logs)
      }
    }

    @Test func `a database that is written over is set aside, and an empty one takes its place`() async throws
    {
      try await Gateway.with(.posternd, options: Self.options(), prepare: WireAccount.add) { gateway in
        let service = try await gateway.part("postern-policy").pid
        let strangers = Strangers(at: gateway)
        #expect(try await strangers.action(for: strangers.next()) == Self.deferred, gateway.logs)
        for end in ["", "-wal", "-shm"] { try Self.overwrite(gateway.store + end) }
        #expect(try await strangers.action(for: strangers.next()) == "DUNNO", gateway.logs)
        let line = try #require(Self.complaint(of: gateway), gateway.logs)
        #expect(line.contains("damaged; it is set aside as \(gateway.store).damaged"), "\(line)")
        #expect(FileManager.default.fileExists(atPath: gateway.store + ".damaged"))
        let next = strangers.next()
        #expect(try await strangers.action(for: next) == Self.deferred, gateway.logs)
        #expect(try await gateway.status()["greylist_triplets"] == 1, "the one that came after it")
        #expect(try await gateway.part("postern-policy").pid == service, gateway.logs)
      }
    }

    @Test(arguments: [
      ("dunno", "250 2.1.5 Ok"),
      ("close", "451 4.3.5 <u@gate.example>: Recipient address rejected: Server configuration problem"),
    ])
    func `on_failure says what Postfix is told meanwhile`(_ onFailure: String, _ reply: String) async throws {
      let main = """
        smtpd_authorized_xclient_hosts = 127.0.0.1
        smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service unix:postern/recipient

        """
      try await MailHost.with(.posternd, options: Self.options(onFailure: onFailure), main: main) { host in
        let greylisted = "450 4.2.0 <u@gate.example>: Recipient address rejected: Greylisted, see "
        func ask(_ sender: String) throws -> String {
          try SMTPDialogue(to: host.postfix.chrooted).ask(
            SMTPProbe(sender: "\(sender)@sender.test", recipient: "u@gate.example"))
        }
        #expect(try ask("before").hasPrefix(greylisted), host.logs)
        let holder = try await StoreHolder(of: host.gateway.store)
        #expect(try ask("meanwhile") == reply, host.logs)
        try await holder.letGo()
        #expect(try ask("after").hasPrefix(greylisted), host.logs)
      }
    }

    /// Said once a minute.
    private static func complaint(of gateway: Gateway) -> Substring? {
      gateway.log.split(separator: "\n").first { $0.contains(trouble) }
    }

    /// As somebody does who takes the file for something else; its length stays.
    private static func overwrite(_ path: String) throws {
      let file = Descriptor(owning: try retrying("open") { open(path, O_WRONLY | O_CLOEXEC) })
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let size = try #require(attributes[.size] as? Int)
      let garbage = [UInt8](repeating: 0xA5, count: size)
      let number = file.number
      let written = try retrying("pwrite") { pwrite(number, garbage, size, 0) }
      #expect(written == size)
    }
  }
}

/// Senders whom a greylist doesn't know yet.
private final class Strangers {
  private let gateway: Gateway
  private var count = 0

  init(at gateway: Gateway) { self.gateway = gateway }

  func next() -> PolicyQuestion {
    count += 1
    return PolicyQuestion(sender: "number\(count)x@b.example")
  }

  /// The first word of what one is told.
  func action(for question: PolicyQuestion) async throws -> String {
    try await RecipientList.ask(question, at: gateway.policySocket("recipient"))
  }
}
