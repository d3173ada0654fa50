/// What services of ours may answer a stranger, by where main.cf asks them.
package struct OwnServices: Sendable {
  /// By the listeners' places, as smtpd names them.
  package var answers: [PolicyEndpoint: StrangerAnswer]

  package init(answers: [PolicyEndpoint: StrangerAnswer] = [:]) { self.answers = answers }

  /// What may come back from where an argument of `check_policy_service` asks; nil: it isn't one of ours.
  func answer(to argument: String) -> StrangerAnswer? {
    // Itself, or the first word in its braces.
    let words = ListWords.inBraces(argument).map(ListWords.split) ?? [argument]
    return words.first.flatMap { PolicyEndpoint($0) }.flatMap { answers[$0] }
  }
}
