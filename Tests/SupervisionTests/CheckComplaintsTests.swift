import Testing

@testable import Supervision

@Suite struct CheckComplaintsTests {
  @Test func `Warnings and errors are told apart, and what is neither is left out`() {
    let complaints = CheckComplaints([
      "off by the limit", "warning: the socket is out of reach", "error: there is no user nobody2; mend: …",
    ])
    #expect(complaints.warnings == ["the socket is out of reach"])
    #expect(complaints.errors == ["there is no user nobody2; mend: …"])
  }
}
