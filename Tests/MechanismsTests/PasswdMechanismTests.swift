import Credentials
import SystemCalls
import TestKit
import Testing

@testable import Mechanisms

@Suite struct PasswdMechanismTests {
  private static let hash = "$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"

  @Test func `It keeps the contract of mechanisms`() throws {
    let mechanism = PasswdMechanism(
      lookup: { login in login.text == "alice" ? Self.hash : nil }, hashes: [Self.hash])
    try MechanismContract(mechanism, name: .getpwent, login: "alice", password: "password").verify()
  }

  @Test func `An account whose hash is elsewhere is refused`() throws {
    let mechanism = PasswdMechanism(lookup: { _ in "x" }, hashes: [])
    #expect(try mechanism.check(AuthRequest(login: "alice", password: "x")) == .refused(.unusableHash))
  }

  @Test func `The system's own database is read`() throws {
    let mechanism = PasswdMechanism()
    #expect(try mechanism.check(AuthRequest(login: "daemon", password: "x")) == .refused(.unusableHash))
    #expect(try mechanism.check(AuthRequest(login: "no-such-user", password: "x")) == .refused(.unknownUser))
  }

  @Test func `A database that can't be read decides nothing`() throws {
    let mechanism = PasswdMechanism(
      lookup: { _ throws(SystemError) in throw SystemError("getpwnam_r", code: 5) }, hashes: [])
    #expect(
      try mechanism.check(AuthRequest(login: "alice", password: "x")) == .unavailable(.sourceUnavailable))
  }
}
