import Control
import EventLoop
import Policy
import Settings
import TestKit
import Testing

@testable import PolicyService

@Suite(.timeLimit(.minutes(10)))
struct GreylisterTests {
  private let directory: TemporaryDirectory
  private let loop: EventLoop
  private let greylister: Greylister

  init() throws {
    directory = try TemporaryDirectory()
    loop = try EventLoop()
    greylister = try Greylister(
      GreylistSettings(), store: directory.path + "/postern.db", loop: loop, log: { _ in })
  }

  private static func request(from address: String) throws -> PolicyRequest {
    try #require(
      PolicyRequest(
        DecisionRequest.Dialogue(
          list: "recipient", address: Array(address.utf8), name: Array("mx.example".utf8), helo: [],
          login: nil, sender: Array("a@b.example".utf8), recipient: Array("u@lab.example".utf8))))
  }

  @Test func `strangers who wait for the store when it is closed don't pass`() throws {
    var actions: [PolicyAction?] = []
    for number in 1...50 {
      greylister.answer(try Self.request(from: "192.0.\(number).1")) { actions.append($0) }
    }
    greylister.close()
    #expect(actions.count == 50)
    for action in actions {
      guard case .deferIfPermit? = action else {
        Issue.record("\(String(describing: action))")
        continue
      }
    }
    #expect(greylister.trouble.skipped == 0)
  }
}
