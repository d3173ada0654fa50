import Testing

/// An expectation that isn't met is told; a stale reply meets none.
@Suite struct ExpectationTests {
  @Test func `what was expected and what came are told with the line`() {
    let played = PlayedScript(
      """
      list recipient = reject
      client x.example 192.0.2.1
      mail a@x.example
      rcpt u@x.example
      expect OK
      expect 450
      expect 554 5.7.2
      expect 554 5.7.1 nothing of it
      expect 554 Access denied
      mail b@x.example
      expect 554
      """)
    let got = "got 554 5.7.1 <u@x.example>: Recipient address rejected: Access denied"
    #expect(
      played.missed == [
        "5: expected OK, \(got)", "6: expected 450, \(got)", "7: expected 554 5.7.2, \(got)",
        "8: expected 554 5.7.1 nothing of it, \(got)", "11: expected 554, got no reply",
      ])
  }
}
