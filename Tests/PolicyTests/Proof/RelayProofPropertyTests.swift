import Foundation
import MailTypes
import TestKit
import Testing

@testable import Policy

/// Looks for a stranger that the evaluator permits although the proof says *closed*.
///
/// POSTERN_PROOF_TRIES sets how many; ordinarily there are 100,000, with make faults 1,000,000.
struct RelayProofPropertyTests {
  private static let tries =
    ProcessInfo.processInfo.environment["POSTERN_PROOF_TRIES"].flatMap { Int($0) } ?? 100_000

  @Test func `no stranger is permitted by a list that is closed`() throws {
    var random = SeededGenerator(seed: 40)
    let strangersEach = 50
    var closed = 0
    var permitted = 0
    for _ in 0..<(Self.tries / strangersEach) {
      let scene = try RandomPolicy.make(&random)
      let list = try #require(scene.policy.lists.policies[PolicyScene.list])
      let isClosed = scene.policy.proveClosed(list, tables: scene.facts.tables) == .closed
      closed += isClosed ? 1 : 0
      var isPermitted = false
      for _ in 0..<strangersEach {
        let request = try RandomPolicy.request(&random)
        guard RandomPolicy.isStranger(request, to: scene) else { continue }
        var facts = scene.facts
        facts.greylist = RandomPolicy.greylist(&random)
        facts.dns = RandomAnswers(&random).all(asked: scene.policy, request, list, facts)
        let result = scene.policy.evaluate(request, by: list, facts)
        guard case .decided(let decision) = result, case .permitted = decision.verdict else { continue }
        isPermitted = true
        #expect(
          !isClosed, "\(list) \(scene.policy.lists.named) \(String(decoding: request.frame, as: UTF8.self))")
        #expect(decision.action != .ok, "which would open what comes after it in main.cf")
      }
      permitted += isPermitted ? 1 : 0
    }
    // Both answers have to be frequent, and most open lists to be open in fact, or nothing was tried.
    let lists = Self.tries / strangersEach
    #expect(closed * 5 > lists && (lists - closed) * 5 > lists)
    #expect(permitted * 2 > lists - closed, "\(permitted) of \(lists - closed)")
  }
  @Test func `no stranger gets through main.cf's lists that are closed`() throws {
    var random = SeededGenerator(seed: 41)
    let strangersEach = 20
    // Lists are read for each request, which takes ten times as long.
    let hosts = Self.tries / strangersEach / 10
    var closed = 0
    var relaying = 0
    for _ in 0..<hosts {
      let host = try RandomHost(&random)
      let isClosed = try host.prove() == .closed
      closed += isClosed ? 1 : 0
      var relays = false
      for _ in 0..<strangersEach {
        let request = try RandomPolicy.request(&random)
        guard RandomPolicy.isStranger(request, to: host.scene), try host.relays(request, &random) else {
          continue
        }
        relays = true
        #expect(!isClosed, "\(host) \(String(decoding: request.frame, as: UTF8.self))")
      }
      relaying += relays ? 1 : 0
    }
    #expect(closed * 5 > hosts && (hosts - closed) * 5 > hosts, "\(closed) of \(hosts)")
    #expect(relaying * 2 > hosts - closed, "\(relaying) of \(hosts - closed)")
  }
}
