import Expressions

/// The expressions of a whitelist.
struct WhitelistExpressions: Sendable {
  private var all: [WhitelistExpression] = []
  /// Asks for all of them in one match; nil when that can't be done.
  ///
  /// Some thirty, one after the other, took a fifth of a request's time.
  private var any: PerlExpression?

  mutating func append(_ expression: WhitelistExpression) {
    all.append(expression)
    any = nil
  }

  /// To be called when all have been added.
  mutating func unite() { any = PerlExpression(anyOf: all.map(\.expression)) }

  /// Asks all of them; one that is too expensive doesn't match, and the log tells whose it is.
  func answer(_ subject: ArraySlice<UInt8>) -> WhitelistAnswer {
    if all.isEmpty { return WhitelistAnswer(isListed: false) }
    switch any?.match(subject) {
    case .matched?: return WhitelistAnswer(isListed: true)
    case .unmatched?: return WhitelistAnswer(isListed: false)
    case .tooExpensive?, nil: return answerSingly(subject)
    }
  }

  private func answerSingly(_ subject: ArraySlice<UInt8>) -> WhitelistAnswer {
    var answer = WhitelistAnswer(isListed: false)
    // By index: a copy of each, with its file's name, took longer than the match.
    for index in all.indices {
      switch all[index].expression.match(subject) {
      case .matched:
        answer.isListed = true
        return answer
      case .unmatched: continue
      case .tooExpensive: answer.complaints.append(all[index].complaint)
      }
    }
    return answer
  }
}
