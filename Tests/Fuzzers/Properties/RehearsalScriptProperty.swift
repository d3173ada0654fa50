import MailTypes
import Policy

extension DecoderProperty {
  /// Any bytes are a script: faults name its lines, what is read can be played, and each reply is one line of SMTP.
  package static let rehearsalScript = DecoderProperty("RehearsalScript") { bytes in
    let lists = RestrictionLists.read(policies: [], named: []).lists
    let beginning = RehearsedPolicy(policy: MailPolicy(lists: lists))
    var reader = ScriptReader(beginning, sources: .none)
    let reading = reader.read(script: bytes)
    let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
    if let fault = reading.faults.first(where: { !(1...lines).contains($0.line) }) {
      return "\(fault) names a line that isn't there"
    }
    if reading.faults.contains(where: { $0.message.isEmpty }) { return "a fault without words" }
    var rehearsal = Rehearsal(beginning, greylist: Greylist(rules: GreylistRules()))
    for step in reading.steps {
      let event = rehearsal.play(step.command)
      if let violation = misshapen(event) { return "line \(step.line): \(violation)" }
    }
    return nil
  }

  private static func misshapen(_ event: Rehearsal.Event) -> String? {
    guard case .reply(let reply, let answers) = event else { return nil }
    if reply.description.utf8.contains(where: { $0 < 0x20 }) { return "a control character in \(reply)" }
    if reply.description.utf8.count > ReplyText.longest { return "a reply that Postfix would cut: \(reply)" }
    if let status = reply.status, status.kind != reply.code / 100 {
      return "a status of another kind: \(reply)"
    }
    return answers.lazy.compactMap { FuzzedRequest.misreading(of: $0.decision.action) }.first
  }
}
