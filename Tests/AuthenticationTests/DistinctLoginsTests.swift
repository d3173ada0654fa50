import Credentials
import Foundation
import Testing

@testable import Authentication

/// F31 where a million names cost no hours: the decisions alone.
///
/// `make faults` has all of them.
@Suite struct DistinctLoginsTests {
  private static let names =
    ProcessInfo.processInfo.environment["POSTERN_FAULTS"] == nil ? 20_000 : 1_000_000
  /// Refused and not told yet, at any time.
  private static let waiting = 500

  @Test func `Names tried in bulk leave nothing behind, and drive nobody out of the cache`() {
    var scene = AuthenticatorScene(checksPerWorker: .max)
    scene.request(1, AuthenticatorScene.attempt(password: 1))
    scene.verdict(.accepted, on: 1)

    for number in 2..<UInt64(Self.names) + 2 {
      scene.request(number, AuthenticatorScene.attempt(login: "nobody-\(number)", password: number))
      scene.verdict(.refused(.unknownUser), on: number)
      guard number % UInt64(Self.waiting) == 0 else { continue }
      tellRefusals(through: number, in: &scene)
    }
    tellRefusals(through: UInt64(Self.names) + 1, in: &scene)

    #expect(scene.authenticator.counts.refused == UInt64(Self.names))
    #expect(scene.authenticator.counts.lastReasons.count == 1)
    #expect(scene.authenticator.isIdle && scene.authenticator.queueLength == 0)
    #expect(scene.authenticator.rememberedLogins == 1)
    let friend = scene.request(.max, AuthenticatorScene.attempt(password: 1))
    #expect(friend.answers.map(\.isRemembered) == [true])
  }

  /// Their second has come.
  private func tellRefusals(through last: UInt64, in scene: inout AuthenticatorScene) {
    let first = last > UInt64(Self.waiting) ? last - UInt64(Self.waiting) : 2
    var answers: [AuthenticationAction.Answer] = []
    for number in first...last { answers += scene.tell(.due(RequestID(number))).answers }
    #expect(answers.allSatisfy { $0 == .refused } && answers.count <= Self.waiting + 1)
  }
}
