import TestKit
import Testing

@testable import OperatorTool

/// What `postern rehearse` prints.
@Suite struct RehearseTests {
  /// Nothing of this host's configuration, and no listener.
  private static func play(_ script: String, mail: String = "") throws -> ScriptPlay {
    let directory = try TemporaryDirectory()
    let settings = "[mail]\nfrom_postfix = \"\"\n" + mail
    let scene = try RehearsalScene(configuration: try directory.write(settings, to: "postern.toml"))
    return ScriptPlay(name: "t.rehearsal", script: Array(script.utf8), on: scene)
  }

  private static func run(
    _ script: String, isVerbose: Bool = false
  ) throws -> (isContent: Bool, printed: [String], complaints: [String]) {
    let play = try play(script)
    #expect(play.faults == [])
    var printed: [String] = []
    var complaints: [String] = []
    let isContent = play.run(
      isVerbose: isVerbose, print: { printed.append($0) }, complain: { complaints.append($0) })
    return (isContent, printed, complaints)
  }

  private static let script = """
    list recipient = permit_mynetworks, reject
    client x.example 192.0.2.1
    mail a@x.example
    rcpt u@x.example
    expect 450 4.7.1
    """

  @Test func `a reply is a line, and what is missed names script, line, expected and got`() throws {
    let (isContent, printed, complaints) = try Self.run(Self.script)
    let reply = "554 5.7.1 <u@x.example>: Recipient address rejected: Access denied"
    #expect(!isContent)
    #expect(printed == [reply])
    #expect(complaints == ["t.rehearsal:5: expected 450 4.7.1, got \(reply)"])
  }

  @Test func `with -v the steps and what each list did are told, too`() throws {
    let printed = try Self.run(Self.script, isVerbose: true).printed
    #expect(
      printed.suffix(7) == [
        "> mail a@x.example", "> rcpt u@x.example", "  recipient: 554 5.7.1 Access denied",
        "    permit_mynetworks: no opinion (192.0.2.1)", "    reject: refuses: 554 5.7.1 Access denied",
        "554 5.7.1 <u@x.example>: Recipient address rejected: Access denied", "> expect 450 4.7.1",
      ])
  }

  @Test func `what a script doesn't set is the configuration's, which needs no listener for it`() throws {
    let play = try Self.play(
      Self.script.replacing("expect 450 4.7.1", with: "expect OK"), mail: "mynetworks = \"192.0.2.0/24\"\n")
    let isContent = play.run(isVerbose: false, print: { _ in }, complain: { Issue.record("\($0)") })
    #expect(isContent)
  }

  @Test func `what was meant by a slip is suggested`() throws {
    let faults = try Self.play(
      """
      list residential = permit
      list recipient = residentail
      clinet x.example 192.0.2.1
      set mynetwork 192.0.2.0/24
      """
    ).faults
    #expect(
      faults == [
        "t.rehearsal:2: there is no restriction or list residentail; did you mean residential?",
        "t.rehearsal:3: there is no command clinet; did you mean client?",
        "t.rehearsal:4: mynetwork can't be set; did you mean mynetworks?",
      ])
  }
}
