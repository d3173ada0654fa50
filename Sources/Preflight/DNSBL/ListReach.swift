import Policy

/// The restrictions that a list comes to, in their order: its own, and those of the lists that it calls.
struct ListReach {
  /// A restriction, and the list that it is written in.
  struct Step {
    let restriction: Restriction
    let list: ListName
    /// Counted from 1.
    let item: Int
    /// Whether what it refuses is only logged.
    let isSoftened: Bool
  }

  let steps: [Step]

  init(_ list: RestrictionList, in lists: RestrictionLists) {
    var met: Set<ListName> = []
    steps = Self.steps(of: list, in: lists, isSoftened: false, &met)
  }

  /// A list that has been met already says nothing new, and may call itself.
  private static func steps(
    of list: RestrictionList, in lists: RestrictionLists, isSoftened: Bool, _ met: inout Set<ListName>
  ) -> [Step] {
    zip(list.steps, list.restrictions).flatMap { step, restriction in
      let isSoftened = isSoftened || step.restriction != restriction
      guard case .list(let name) = restriction, let called = lists.named[name] else {
        return [Step(restriction: restriction, list: list.name, item: step.item, isSoftened: isSoftened)]
      }
      guard met.insert(name).inserted else { return [] }
      return steps(of: called, in: lists, isSoftened: isSoftened, &met)
    }
  }
}
