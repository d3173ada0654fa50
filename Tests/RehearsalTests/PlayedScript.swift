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

  /// Plays with a weighted list, too, which no script can make.
  init(_ script: [UInt8], resolver: Rehearsal.LiveResolver? = nil) {
    let reputation = WeightedList.read(
      "reputation",
      sites: ["one.example*2", "two.example=127.0.0.[2..3]*2", "three.example", "good.example*-4"],
      threshold: 3
    ).list
    let beginning = RehearsedPolicy(
      policy: MailPolicy(
        lists: RestrictionLists.read(policies: [], named: []).lists, weightedLists: ["reputation": reputation]
      ))
    var reader = ScriptReader(beginning, sources: .none)
    let reading = reader.read(script: script)
    faults = reading.faults.map { "\($0.line): \($0.message)" }
    guard faults.isEmpty else { return }
    var rehearsal = Rehearsal(
      beginning, greylist: Greylist(rules: GreylistSettings().rules), resolver: resolver)
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
