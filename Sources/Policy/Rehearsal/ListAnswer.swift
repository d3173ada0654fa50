import MailTypes

/// What one list said in a rehearsal.
package struct ListAnswer: Equatable, Sendable {
  package let stage: RehearsalStage
  package let list: ListName
  package let decision: Decision

  /// For people: the list and what Postfix is told, then the steps that led there.
  package var lines: [String] {
    let action = PolicyReply(decision.action).bytes.dropFirst(7).dropLast(2).repairedText
    let name = list.text == stage.rawValue ? list.text : "\(list.text) (\(stage.rawValue))"
    return ["\(name): \(action)"] + decision.trace.map { "  \($0)" }
  }
}
