import MailTypes
import Policy
import Settings

/// What a step of a rehearsal looks like.
struct ShownStep {
  let lines: [String]
  /// What was expected and what came; nil when nothing was missed.
  let missed: String?

  init(_ step: ScriptStep, _ event: Rehearsal.Event, isVerbose: Bool) {
    let command = isVerbose ? ["> \(step.text.repairedText)"] : []
    switch event {
    case .silent: (lines, missed) = (command, nil)
    case .reply(let reply, let answers):
      let trace = isVerbose ? answers.flatMap(\.lines).map { "  \($0)" } : []
      (lines, missed) = (command + trace + ["\(reply)"], nil)
    case .missed(let expectation, let got):
      lines = command
      missed = "expected \(expectation), got " + (got.map { "\($0)" } ?? "no reply")
    }
  }
}

extension ScriptFault {
  /// What is wrong, with what may have been meant.
  func message(lists: [ListName]) -> String {
    guard let (word, names) = candidates(lists: lists), let near = Spelling.nearest(to: word, among: names)
    else { return message }
    return "\(message); did you mean \(near)?"
  }
}
