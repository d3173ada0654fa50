import Credentials
import SystemCalls
import TestKit
import Testing

@testable import Mechanisms

@Suite struct ShadowMechanismTests {
  private static let hash = "$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"

  private func mechanism(_ entry: ShadowEntry) -> ShadowMechanism {
    ShadowMechanism(
      lookup: { login in login.text == "alice" ? entry : nil }, hashes: [Self.hash], today: { 20_000 })
  }

  @Test func `It keeps the contract of mechanisms`() throws {
    let mechanism = mechanism(ShadowEntry(hash: Self.hash))
    try MechanismContract(mechanism, name: .shadow, login: "alice", password: "password").verify()
  }

  @Test func `The right password of an expired account is refused, the wrong one for being wrong`() throws {
    let mechanism = mechanism(ShadowEntry(hash: Self.hash, expires: 19_999))
    #expect(
      try mechanism.check(AuthRequest(login: "alice", password: "password")) == .refused(.accountExpired))
    #expect(try mechanism.check(AuthRequest(login: "alice", password: "x")) == .refused(.badPassword))
  }

  @Test func `The right password past its last day is refused`() throws {
    let mechanism = mechanism(ShadowEntry(hash: Self.hash, lastChange: 19_000, maximum: 90))
    #expect(
      try mechanism.check(AuthRequest(login: "alice", password: "password")) == .refused(.passwordExpired))
  }

  @Test func `A locked account is refused`() throws {
    let mechanism = mechanism(ShadowEntry(hash: "!" + Self.hash))
    #expect(try mechanism.check(AuthRequest(login: "alice", password: "password")) == .refused(.unusableHash))
  }

  @Test func `A database that can't be read decides nothing`() throws {
    let mechanism = ShadowMechanism(
      lookup: { _ throws(SystemError) in throw SystemError("open", code: 13) }, hashes: [], today: { 0 })
    #expect(
      try mechanism.check(AuthRequest(login: "alice", password: "password"))
        == .unavailable(.sourceUnavailable))
  }
}
