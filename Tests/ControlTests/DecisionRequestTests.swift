import Testing

@testable import Control

@Suite struct DecisionRequestTests {
  static let dialogue = DecisionRequest.Dialogue(
    list: "recipient", address: Array("192.0.2.1".utf8), name: Array("mx.example".utf8), helo: [],
    login: Array("alice smith".utf8), sender: [], recipient: [0x0A, 0xFF, 0x25])

  static var requests: [DecisionRequest] {
    var filter = DecisionRequest.Filter(limit: 1000)
    filter.login = []
    filter.since = 3600
    filter.id = Array("7c2f".utf8)
    var anonymous = dialogue
    anonymous.login = nil
    return [.explain(dialogue), .explain(anonymous), .history(filter), .history(DecisionRequest.Filter())]
  }

  @Test(arguments: requests) func `A question is read as it was written`(request: DecisionRequest) {
    let line = OperatorRequest.decisions(request).line
    #expect(line.hasSuffix("\n") && line.dropLast().allSatisfy { !$0.isNewline })
    #expect(line.utf8.count <= OperatorRequest.longest)
    #expect(OperatorRequest(line: String(line.dropLast())) == .decisions(request))
    #expect(!OperatorRequest.decisions(request).changesSomething)
  }

  @Test(arguments: [
    "decision-explain", "decision-history", "decision-history limit=0", "decision-history limit=1001",
    "decision-history since=-1 limit=5", "decision-history since=-9223372036854775808 limit=5",
    "decision-history limit=5 more=1", "decision-explain list:a address:b name:c helo:d sender:e",
    "decision-explain list:a address:b name:c helo:d sender:e recipient:f surplus:g",
    "decision-history limit=5 login:" + String(repeating: "x", count: 513), "decision-other limit=5",
  ])
  func `What isn't one is refused`(line: String) {
    #expect(OperatorRequest(line: line) == nil)
  }
}
