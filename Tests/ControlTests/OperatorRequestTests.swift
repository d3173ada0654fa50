import Testing

@testable import Control

@Suite struct OperatorRequestTests {
  static let requests: [OperatorRequest] = [
    .status, .flushCache(login: nil), .flushCache(login: "alice"), .flushCache(login: "with a blank"),
    .reload, .stop,
  ]

  @Test(arguments: requests) func `A request is read as it was written`(request: OperatorRequest) {
    let line = request.line
    #expect(line.last == "\n")
    #expect(line.utf8.count <= OperatorRequest.longest)
    #expect(OperatorRequest(line: String(line.dropLast())) == request)
  }

  @Test func `Only status changes nothing`() {
    #expect(Self.requests.filter { !$0.changesSomething } == [.status])
  }

  @Test(arguments: ["", " ", "Status", "status now", "stop it", "cache", "cache-flushalice", "halt"])
  func `What isn't a request is none`(line: String) {
    #expect(OperatorRequest(line: line) == nil)
  }
}
