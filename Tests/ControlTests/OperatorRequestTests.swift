import Testing

@testable import Control

@Suite struct OperatorRequestTests {
  static let requests: [OperatorRequest] = [
    .status, .flushCache(login: nil), .flushCache(login: "alice"), .flushCache(login: "with a blank"),
    .reload, .stop,
  ]

  private static let name = GreylistRequest.TripletName(
    client: Array("192.0.2.1".utf8), sender: [], recipient: Array("u@lab.example".utf8))

  /// Arguments may hold anything.
  static let greylist: [GreylistRequest] = [
    .list(client: nil, sender: nil, recipient: nil, limit: 1),
    .list(client: [0], sender: Array("a b\n=:%".utf8), recipient: [0xFF, 0x80], limit: 10_000),
    .show(name), .forget(name), .forgetClient(Array("2001:db8::1".utf8)), .stats,
    .allow(sender: Array("zoë@example.org".utf8), recipient: nil, seconds: 1),
    .allow(sender: Array("example.org".utf8), recipient: [], seconds: 86_400),
    .unconfirmed(since: 7200, limit: 100),
    .show(
      GreylistRequest.TripletName(
        client: Array(repeating: 0xFF, count: 512), sender: Array(repeating: 0, count: 512),
        recipient: Array(repeating: 0x20, count: 512))),
  ]

  @Test(arguments: greylist)
  func `A question about the greylist is read as it was written`(request: GreylistRequest) {
    let line = OperatorRequest.greylist(request).line
    #expect(line.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(line.utf8.count <= OperatorRequest.longest)
    #expect(OperatorRequest(line: String(line.dropLast())) == .greylist(request))
  }

  @Test func `allow and forget change something, and questions don't`() {
    let changing = Self.greylist.filter { OperatorRequest.greylist($0).changesSomething }
    #expect(
      changing == [
        .forget(Self.name), .forgetClient(Array("2001:db8::1".utf8)),
        .allow(sender: Array("zoë@example.org".utf8), recipient: nil, seconds: 1),
        .allow(sender: Array("example.org".utf8), recipient: [], seconds: 86_400),
      ])
  }

  @Test(arguments: [
    "greylist-", "greylist-list", "greylist-list limit=0", "greylist-list limit=10001",
    "greylist-list limit:5", "greylist-list limit=1 limit=1", "greylist-list limit=1 colour=2",
    "greylist-list limit=01", "greylist-list limit=1  sender:a", "greylist-show client:a sender:b",
    "greylist-show client:%4 sender: recipient:", "greylist-show client:%61 sender: recipient:",
    "greylist-show client:%zz sender: recipient:", "greylist-allow sender:a seconds=0",
    "greylist-allow sender:a seconds=86401", "greylist-allow seconds=1", "greylist-forget-client",
    "greylist-stats now=1", "greylist-unconfirmed since=0 limit=1", "greylist-flush",
    "greylist-forget-client client:\(String(repeating: "a", count: 513))",
  ])
  func `What isn't a question about the greylist is none`(line: String) {
    #expect(OperatorRequest(line: line) == nil)
  }

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
