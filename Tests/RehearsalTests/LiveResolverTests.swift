import MailTypes
import Policy
import Testing

/// `dns live`: the real DNS is asked for what the script doesn't say.
@Suite struct LiveResolverTests {
  private static let script = """
    list recipient = reject_rbl_client one.example, reject_rbl_client two.example
    dns live
    dns 1.2.0.192.one.example A NXDOMAIN
    client x.example 192.0.2.1
    mail u@x.example
    rcpt u@x.example
    """

  @Test func `what isn't scripted is asked for`() {
    var asked: [String] = []
    let played = PlayedScript(Array(Self.script.utf8)) { questions in
      asked += questions.map(\.description)
      return questions.reduce(into: [:]) { answers, question in
        if question.type == .a { answers[question] = .records([.address(.v4(0x7F00_0002))]) }
      }
    }
    #expect(asked == ["1.2.0.192.two.example A", "1.2.0.192.two.example TXT"])
    #expect(played.replies.last?.contains("blocked using two.example") == true)
  }

  @Test func `without a resolver no server can be reached`() {
    #expect(PlayedScript(Self.script).replies.last == "250 2.1.5 Ok")
  }
}
