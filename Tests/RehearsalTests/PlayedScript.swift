import Policy
import PolicySetup
import Settings

/// A script that was played with the settings of an empty configuration, and no file of this host.
struct PlayedScript {
  var faults: [String] = []
  var replies: [String] = []
  var missed: [String] = []
  var expectations = 0

  init(_ script: String) { self.init(Array(script.utf8)) }

  init(_ script: [UInt8]) {
    let beginning = RehearsedPolicy(
      policy: MailPolicy(lists: RestrictionLists.read(policies: [], named: []).lists))
    var reader = ScriptReader(beginning, sources: .none)
    let reading = reader.read(script: script)
    faults = reading.faults.map { "\($0.line): \($0.message)" }
    guard faults.isEmpty else { return }
    var rehearsal = Rehearsal(beginning, greylist: Greylist(rules: GreylistSettings().rules))
    for step in reading.steps {
      if case .expect = step.command { expectations += 1 }
      switch rehearsal.play(step.command) {
      case .silent: continue
      case .reply(let reply, _): replies.append("\(reply)")
      case .missed(let expectation, let got):
        missed.append("\(step.line): expected \(expectation), got \(got.map { "\($0)" } ?? "no reply")")
      }
    }
  }
}
