import Credentials
import Foundation
import Glibc
import TestKit
import Testing

@testable import Mechanisms

@Suite struct PAMMechanismTests {
  private let directory: PAMDirectory
  private let mechanism: PAMMechanism

  init() throws {
    directory = try PAMDirectory()
    mechanism = PAMMechanism(directory: directory.path)
  }

  private func ask(
    login: String = "alice", password: String = "geheim", service: String = "smtp", remote: String = ""
  ) throws -> AuthVerdict {
    mechanism.check(try AuthRequest(login: login, password: password, service: service, remote: remote))
  }

  // MARK: The contract

  @Test(.enabled(if: PAMModules.hasWrapper, "needs libpam-wrapper"))
  func `It keeps the contract of mechanisms`() throws {
    try directory.serveMatrix("smtp", users: ["alice": "geheim"])
    try MechanismContract(mechanism, name: .pam, login: "alice", password: "geheim").verify()
  }

  @Test func `511 bytes of password arrive whole, 512 not at all`() throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_ask")) off length=511"])
    #expect(try ask(password: String(repeating: "x", count: 511)) == .accepted)
    #expect(try ask(password: String(repeating: "x", count: 510)) != .accepted)
    #expect(try ask(password: String(repeating: "x", count: 512)) == .refused(.passwordTooLong))
  }

  // MARK: Which file

  @Test func `A service without a file is refused, even beside an other that lets everybody in`() throws {
    try directory.serve("other", auth: ["required \(PAMModules.permit)"])
    #expect(try ask() == .refused(.serviceWithoutFile))
    try FileManager.default.createDirectory(
      atPath: directory.path + "/smtp", withIntermediateDirectories: false)
    #expect(try ask() == .refused(.serviceWithoutFile))
  }

  @Test func `A file that appears or goes is noticed at the next login`() throws {
    #expect(try ask() == .refused(.serviceWithoutFile))
    try directory.serve("smtp", auth: ["required \(PAMModules.permit)"])
    #expect(try ask() == .accepted)
    try FileManager.default.removeItem(atPath: directory.path + "/smtp")
    #expect(try ask() == .refused(.serviceWithoutFile))
  }

  @Test(
    arguments: [
      "auth required /nonexistent/pam_module.so\naccount required pam_permit.so\n",
      "auth required pam_permit.so\naccount required /nonexistent/pam_module.so\n",
    ])
  func `A stack whose module can't be opened decides nothing`(_ text: String) throws {
    try directory.write(text, to: "smtp")
    #expect(try ask() == .unavailable(.mechanismFailed))
  }

  @Test(
    arguments: [
      "this is no PAM file\n", "auth\n", "", "auth nonsense pam_permit.so\naccount required pam_permit.so\n",
    ])
  func `A file that libpam can't read is an outage, not a wrong password`(_ text: String) throws {
    try directory.write(text, to: "smtp")
    #expect(try ask() == .unavailable(.mechanismFailed))
  }

  // MARK: What the phases return

  struct ReturnCode: CustomTestStringConvertible, Sendable {
    let name: String
    let verdict: AuthVerdict

    init(_ name: String, _ verdict: AuthVerdict) {
      self.name = name
      self.verdict = verdict
    }

    var testDescription: String { name }
  }

  /// Every code that pam_debug knows, in its spelling.
  static let codes = [
    ReturnCode("success", .accepted),
    ReturnCode("auth_err", .refused(.badPassword)),
    ReturnCode("user_unknown", .refused(.unknownUser)),
    ReturnCode("maxtries", .refused(.tooManyTries)),
    ReturnCode("acct_expired", .refused(.accountExpired)),
    ReturnCode("new_authtok_reqd", .refused(.passwordExpired)),
    ReturnCode("perm_denied", .refused(.accountDenied)),
    ReturnCode("cred_insufficient", .refused(.insufficientCredentials)),
    ReturnCode("authinfo_unavail", .unavailable(.sourceUnavailable)),
    ReturnCode("conv_err", .unavailable(.conversationFailed)),
    ReturnCode("open_err", .unavailable(.mechanismFailed)),
    ReturnCode("symbol_err", .unavailable(.mechanismFailed)),
    ReturnCode("service_err", .unavailable(.mechanismFailed)),
    ReturnCode("system_err", .unavailable(.mechanismFailed)),
    ReturnCode("buf_err", .unavailable(.mechanismFailed)),
    ReturnCode("session_err", .unavailable(.mechanismFailed)),
    ReturnCode("cred_unavail", .unavailable(.mechanismFailed)),
    ReturnCode("cred_expired", .unavailable(.mechanismFailed)),
    ReturnCode("cred_err", .unavailable(.mechanismFailed)),
    ReturnCode("no_module_data", .unavailable(.mechanismFailed)),
    ReturnCode("authtok_err", .unavailable(.mechanismFailed)),
    ReturnCode("authtok_recover_err", .unavailable(.mechanismFailed)),
    ReturnCode("authtok_lock_busy", .unavailable(.mechanismFailed)),
    ReturnCode("authtok_disable_aging", .unavailable(.mechanismFailed)),
    ReturnCode("authtok_expired", .unavailable(.mechanismFailed)),
    ReturnCode("try_again", .unavailable(.mechanismFailed)),
    ReturnCode("abort", .unavailable(.mechanismFailed)),
    ReturnCode("module_unknown", .unavailable(.mechanismFailed)),
    ReturnCode("bad_item", .unavailable(.mechanismFailed)),
    ReturnCode("conv_again", .unavailable(.mechanismFailed)),
    ReturnCode("incomplete", .unavailable(.mechanismFailed)),
  ]

  @Test(arguments: codes)
  func `Each return code of the authentication phase has its verdict`(_ code: ReturnCode) throws {
    try directory.serve("smtp", auth: ["[default=die success=ok] \(PAMModules.debug) auth=\(code.name)"])
    #expect(try ask() == code.verdict)
  }

  @Test(arguments: codes)
  func `Each return code of the account phase has its verdict`(_ code: ReturnCode) throws {
    try directory.serve(
      "smtp", auth: ["required \(PAMModules.permit)"],
      account: ["[default=die success=ok] \(PAMModules.debug) acct=\(code.name)"])
    #expect(try ask() == code.verdict)
  }

  @Test func `A refusal by a required module stands, whatever comes after it`() throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.deny)", "required \(PAMModules.permit)"])
    #expect(try ask() == .refused(.badPassword))
  }

  // MARK: The conversation

  @Test(
    arguments: ["off", "off info error", "info off", "user off", "user", "info error info", "off then=info"])
  func `The first prompt without echo gets the password, the one for the login that, texts nothing`(
    _ questions: String
  ) throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_ask")) \(questions)"])
    #expect(try ask() == .accepted)
  }

  @Test(
    arguments: [
      "off off", "off then=off", "on", "off on", "binary", "off binary", "many", "off then=many",
      "off off deaf",
      "many deaf",
    ])
  func `What can't be answered fails the conversation, and the login by no means succeeds`(
    _ questions: String
  ) throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_ask")) \(questions)"])
    #expect(try ask() == .unavailable(.conversationFailed))
  }

  @Test(.enabled(if: PAMModules.hasWrapper, "needs libpam-wrapper"))
  func `A module that talks does no harm`() throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.chatty) num_lines=16 info error"])
    #expect(try ask() == .accepted)
  }

  // MARK: Items

  @Test(.enabled(if: PAMModules.hasWrapper, "needs libpam-wrapper"))
  func `A user renamed by a module is refused`() async throws {
    // The module takes the name from the environment, which is the process's.
    await #expect(processExitsWith: .success) {
      let directory = try PAMDirectory()
      try directory.serve("smtp", auth: ["required \(PAMModules.setItems)"])
      setenv("PAM_USER", "bob", 1)
      let mechanism = PAMMechanism(directory: directory.path)
      #expect(mechanism.check(try AuthRequest(login: "alice", password: "x")) == .refused(.userChanged))
      #expect(mechanism.check(try AuthRequest(login: "bob", password: "x")) == .accepted)
    }
  }

  @Test func `Modules see the client's address where it is known`() throws {
    try directory.serve(
      "smtp", auth: ["required pam_succeed_if.so quiet rhost = 192.0.2.7"])
    #expect(try ask(login: "root", remote: "192.0.2.7") == .accepted)
    #expect(try ask(login: "root", remote: "192.0.2.8") != .accepted)
    #expect(try ask(login: "root") != .accepted)
  }

  @Test func `A module's delay is not waited for`() throws {
    try directory.serve(
      "smtp", auth: ["required pam_faildelay.so delay=60000000", "required \(PAMModules.deny)"])
    let began = ContinuousClock.now
    #expect(try ask() == .refused(.badPassword))
    #expect(ContinuousClock.now - began < .seconds(20), "the module asks for a minute")
  }
}
