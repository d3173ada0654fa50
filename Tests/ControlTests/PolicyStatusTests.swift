import Control
import Testing

@Suite struct PolicyStatusTests {
  @Test func `A status is read as it was written`() throws {
    var status = PolicyStatus()
    status.uptime = 3
    status.connections = 4
    status.requests = .max
    status.triplets = 5
    status.clients = 6
    status.skipped = 7
    #expect(try PolicyStatus(text: status.text) == status)
    #expect(try PolicyStatus(text: status.text + "another_release=x\n") == status)
  }

  @Test(arguments: ["policy_requests", "policy_requests=", "policy_requests=-1", "greylist_triplets=many"])
  func `What is no status is refused`(text: String) {
    #expect(throws: ControlError.self) { try PolicyStatus(text: text) }
  }
}
