/// A restriction that is never asked.
package struct UnreachableStep: Equatable, Sendable, CustomStringConvertible {
  package let list: ListName
  /// Counted from 1.
  package let item: Int
  package let restriction: Restriction
  /// The restriction that decides everything that comes to it.
  package let decidedBy: Restriction
  package let decidingItem: Int

  package var description: String {
    "\(list): item \(item): \(restriction) is never asked: \(decidedBy) in item \(decidingItem) decides everything"
  }
}

extension MailPolicy {
  /// What can never be reached in a list, whoever asks.
  package func unreachable(in list: RestrictionList) -> [UnreachableStep] {
    var certainty = Certainty(lists: lists.named)
    for (index, step) in list.steps.enumerated() where certainty.take(step.restriction) {
      return list.steps.dropFirst(index + 1).map {
        UnreachableStep(
          list: list.name, item: $0.item, restriction: $0.restriction, decidedBy: step.restriction,
          decidingItem: step.item)
      }
    }
    return []
  }
}

/// What surely holds after the restrictions that were taken.
private struct Certainty {
  let lists: [ListName: RestrictionList]
  private var defersIfPermit = false
  private var defersIfReject = false
  private var isWarning = false

  init(lists: [ListName: RestrictionList]) { self.lists = lists }

  /// Whether nothing comes past this restriction.
  ///
  /// Lists don't call one another in circles.
  mutating func take(_ restriction: Restriction) -> Bool {
    switch restriction {
    case .permit: return true
    case .reject, .defer: return !isWarning
    case .deferIfPermit: defersIfPermit = defersIfPermit || !isWarning
    case .deferIfReject: defersIfReject = true
    case .warnIfReject(let softened):
      let before = isWarning
      isWarning = true
      defer { isWarning = before }
      return take(softened)
    case .list(let name):
      for step in lists[name]?.steps ?? [] where take(step.restriction) { return true }
    default: return false
    }
    return defersIfPermit && defersIfReject
  }
}
