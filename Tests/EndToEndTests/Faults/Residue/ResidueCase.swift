import Glibc
import Testing

/// A way in which a login with the canary can end.
struct ResidueCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// From the end until nothing may be left.
  var patience = Duration.seconds(1)
  /// Brings the login about, and says what came back.
  var login: @Sendable (ResidueScene) async throws -> MuxAnswer
  var answer: MuxAnswer
}

extension ResidueCase {
  static let all = verdicts + malformed + interrupted

  private static let verdicts = [
    ResidueCase(testDescription: "accepted", login: { try await $0.login() }, answer: .ok),
    ResidueCase(
      testDescription: "accepted from the cache",
      login: {
        _ = try await $0.login()
        return try await $0.login()
      }, answer: .ok),
    ResidueCase(
      testDescription: "refused",
      login: { try await $0.login(password: Canary.password + "x") }, answer: .no),
    ResidueCase(
      testDescription: "of an unknown login", login: { try await $0.login("nobody-here") }, answer: .no),
    ResidueCase(
      testDescription: "for a service that isn't allowed", login: { try await $0.login(service: "ftp") },
      answer: .no),
    ResidueCase(
      testDescription: "too long for the mechanism",
      login: { try await $0.login(password: String(repeating: Canary.password, count: 100)) }, answer: .no),
    ResidueCase(
      testDescription: "unavailable", login: { try await $0.login(service: "pop") }, answer: .closed),
  ]

  private static let malformed = [
    ResidueCase(
      testDescription: "with a NUL", login: { try await $0.login(password: Canary.password + "\0") },
      answer: .closed),
    ResidueCase(
      testDescription: "with a realm of 257 bytes",
      login: { try await $0.login(realm: String(repeating: "r", count: 257)) }, answer: .closed),
    ResidueCase(
      testDescription: "half sent",
      login: {
        let client = try MuxClient($0.gateway.socket)
        try client.send(Array(ResidueScene.request(service: "smtp").dropLast(4)))
        try await client.taken()
        try client.halfClose()
        return try await client.answer()
      }, answer: .closed),
    ResidueCase(
      testDescription: "half sent until the deadline",
      login: {
        let client = try MuxClient($0.gateway.socket)
        try client.send(Array(ResidueScene.request(service: "smtp").dropLast(4)))
        return try await client.answer()
      }, answer: .closed),
  ]

  private static let interrupted = [
    ResidueCase(
      testDescription: "whose client leaves", patience: .seconds(1) + ResidueScene.sleep,
      login: { scene in
        let client = try MuxClient(scene.gateway.socket)
        try client.send(ResidueScene.request(service: "imap"))
        _ = try await scene.sleeper.worker()
        try client.halfClose()
        return try await client.answer(within: .zero)
      }, answer: .silence),
    ResidueCase(
      testDescription: "whose worker is killed",
      login: { scene in
        let client = try MuxClient(scene.gateway.socket)
        try client.send(ResidueScene.request(service: "imap"))
        kill(try await scene.sleeper.worker(), SIGKILL)
        return try await client.answer()
      }, answer: .closed),
    ResidueCase(
      testDescription: "whose postern-auth crashes",
      login: { scene in
        let client = try MuxClient(scene.gateway.socket)
        try client.send(ResidueScene.request(service: "imap"))
        _ = try await scene.sleeper.worker()
        kill(try await scene.family().front, SIGABRT)
        return try await client.answer()
      }, answer: .closed),
    ResidueCase(
      testDescription: "whose worker crashes",
      login: { scene in
        let client = try MuxClient(scene.gateway.socket)
        try client.send(ResidueScene.request(service: "imap"))
        kill(try await scene.sleeper.worker(), SIGABRT)
        return try await client.answer()
      }, answer: .closed),
  ]
}
