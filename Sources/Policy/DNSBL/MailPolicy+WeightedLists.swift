import MailTypes

/// `check_dnsbl`.
extension MailPolicy {
  /// Refuses from the threshold on, in postscreen's words; a list that doesn't answer adds nothing.
  ///
  /// Lists that can't change the verdict any more, nor who is named, aren't waited for.
  func checkDNSBL(_ name: String, _ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    // The parser knows the names.
    guard let list = weightedLists[name] else { return (.fail(ListWalk.serverError), .none) }
    guard let score = score(of: list, &walk) else { return (.dunno, .none) }
    guard let isReached = score.isReached else { return (.unanswered, .none) }
    guard isReached, let heaviest = score.heaviest else {
      if score.isFavourable != false { walk.noteFavour(of: list) }
      return (.dunno, .score(score))
    }
    let text = ReplyText(
      "Service unavailable; client [\(walk.view.clientAddressText.repairedText)] blocked using "
        + heaviest.zone.shown)
    return (
      .refuse(refusal(parameters.mapsRBLRejectCode, (5, 7, 1), text ?? AccessAction.unavailable)),
      .score(score)
    )
  }

  /// Whether a weighted list speaks for the client so much that it needn't be greylisted.
  ///
  /// - Returns: that list's score; nil when none does. Lists that have to be waited for are noted as awaited.
  func favour(_ walk: inout ListWalk) -> (score: WeightedScore?, isKnown: Bool) {
    var isKnown = true
    for list in walk.favours {
      guard let score = score(of: list, &walk) else { continue }
      switch score.isFavourable {
      case true?: return (score, true)
      case false?: continue
      case nil: isKnown = false
      }
    }
    return (nil, isKnown)
  }

  /// Nil for a client without an address.
  private func score(of list: WeightedList, _ walk: inout ListWalk) -> WeightedScore? {
    guard let name = walk.reversedClient else { return nil }
    var score = WeightedScore(threshold: list.threshold)
    var answers: [(site: WeightedList.Site, isListed: Bool?)] = []
    answers.reserveCapacity(list.sites.count)
    for site in list.sites {
      let isListed = answer(of: site.zone, about: name, &walk)?.isListed
      score.take(site, isListed: isListed)
      answers.append((site, isListed))
    }
    score.close(answers)
    return score
  }
}
