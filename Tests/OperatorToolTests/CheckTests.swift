import ArgumentParser
import Foundation
import Preflight
import TestKit
import Testing

@testable import OperatorTool

struct CheckTests {
  private let directory: TemporaryDirectory
  private var host = Host()

  init() throws {
    directory = try TemporaryDirectory()
    host.startsAsRoot = false
    host.accounts = Accounts(user: { _ in nil }, group: { _ in nil }, groups: { _ in [] })
    host.postfixDirectory = directory.path
  }

  private func report(_ text: String) throws -> CheckReport {
    CheckReport(file: try directory.write(text, to: "postern.toml"), host: host)
  }

  private var good: String {
    """
    [auth]
    listen = "/run/a, /run/b"
    mechanisms = ["shadow", "getpwent"]
    services = "smtp imap"
    deadline = "1m"
    """
  }

  @Test func `says in a line what each listener serves`() throws {
    let report = try report(good)
    let rest = """
      logins of smtp, imap, by shadow, then getpwent; mode 0660, group sasl; 5 workers, answers within 60 s
      """
    #expect(report.served == ["/run/a: \(rest)", "/run/b: \(rest)"])
    #expect(report.faults.isEmpty)
    #expect(!report.isRefused)
  }

  @Test func `says in a policy's line which lists in the DNS it asks`() throws {
    let report = try report(
      """
      [policy.client]
      listen = "unix:/run/c inet:127.0.0.1:1"
      restrictions = ["reject_rbl_client zen.example=127.0.0.2", "check_dnsbl reputation"]
      [policy.recipient]
      listen = "unix:/run/r"
      restrictions = "permit"
      [dnsbl.reputation]
      sites = "bl.example*2, zen.example"
      """)
    let client = """
      policy client, asked at client: reject_rbl_client zen.example=127.0.0.2, check_dnsbl reputation; \
      asks zen.example, bl.example
      """
    #expect(
      report.served.suffix(3) == [
        "unix:/run/c: \(client)", "inet:127.0.0.1:1: \(client)",
        "unix:/run/r: policy recipient, asked at recipient: permit",
      ])
  }

  @Test func `names every mistake and serves nothing`() throws {
    let report = try report("[auth]\nworkers = 0\nmoed = \"0660\"\n")
    #expect(report.served.isEmpty)
    #expect(report.isRefused)
    #expect(
      report.faults == [
        "postern.toml:2: auth.workers: 0 is not a whole number from 1 to 256",
        "postern.toml:3: auth.moed: unknown key; did you mean auth.mode?",
      ])
  }

  @Test func `an error about the host refuses, a warning doesn't`() throws {
    #expect(try report(good + "\nallow_users = [\"nobody\"]").isRefused)
    try directory.write("smtp inet n - y - - smtpd\n", to: "master.cf")
    let warned = try report(good)
    #expect(warned.faults.map { $0.prefix(8) } == ["warning:"])
    #expect(!warned.isRefused)
  }

  @Test func `prints the same as JSON`() throws {
    try directory.write("smtp inet n - y - - smtpd\n", to: "master.cf")
    let report = try report(good)
    let body = try JSONSerialization.jsonObject(with: Data(try report.json.utf8)) as? [String: Any]
    let listeners = body?["listeners"] as? [[String: Any]]
    let findings = body?["findings"] as? [[String: String]]
    #expect(body?["starts"] as? Bool == true)
    #expect(body?["errors"] as? [String] == [])
    #expect(listeners?.map { $0["path"] as? String } == ["/run/a", "/run/b"])
    #expect(findings?.map { $0["severity"] } == ["warning"])
  }

  @Test func `says what each policy listener is asked, in lines and as JSON`() throws {
    try directory.write("", to: "postern.db")
    let report = try report(
      """
      [mail]
      from_postfix = ""
      [store]
      path = "\(directory.path)/postern.db"
      [policy.recipient]
      listen = ["unix:/run/p", "inet:127.0.0.1:10040"]
      restrictions = ["permit_mynetworks", "reject_unauth_destination"]
      [policy.submission]
      listen = []
      stage = "sender"
      restrictions = ["reject_sender_login_mismatch"]
      """)
    #expect(
      report.served.suffix(3) == [
        "unix:/run/p: policy recipient, asked at recipient: permit_mynetworks, reject_unauth_destination",
        "inet:127.0.0.1:10040: policy recipient, asked at recipient: permit_mynetworks, reject_unauth_destination",
        "policy_context=submission: policy submission, asked at sender: reject_sender_login_mismatch",
      ])
    let body = try JSONSerialization.jsonObject(with: Data(try report.json.utf8)) as? [String: Any]
    let policies = try #require(body?["policies"] as? [[String: Any]])
    #expect(policies.map { $0["name"] as? String } == ["recipient", "submission"])
    #expect(policies.map { $0["stage"] as? String } == ["recipient", "sender"])
    #expect(policies[0]["listen"] as? [String] == ["unix:/run/p", "inet:127.0.0.1:10040"])
    #expect(policies[1]["listen"] as? [String] == [])
    #expect(policies[1]["restrictions"] as? [String] == ["reject_sender_login_mismatch"])
  }

  @Test func `exits as the surface says`() throws {
    let bad = try directory.write("[auth]\nworkers = 0\n", to: "postern.toml")
    let thrown = #expect(throws: ExitCode.self) { try Check.parse(["--quiet", bad]).run() }
    #expect(thrown?.rawValue == 78)
    let usage = #expect(throws: (any Error).self) { try Check.parse(["-c", bad, bad]) }
    #expect(try Check.exitCode(for: #require(usage)).rawValue == 64)
  }
}
