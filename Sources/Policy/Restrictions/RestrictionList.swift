/// A list of restrictions, read once at start; a value that can be asked questions.
package struct RestrictionList: Hashable, Sendable {
  package let name: ListName
  package let steps: [RestrictionParser.Step]

  package init(name: ListName, steps: [RestrictionParser.Step]) {
    self.name = name
    self.steps = steps
  }

  /// The restrictions, those behind `warn_if_reject` without it.
  package var restrictions: [Restriction] {
    steps.map { if case .warnIfReject(let softened) = $0.restriction { softened } else { $0.restriction } }
  }

  /// The lists that it calls by name, in their order.
  var calls: [(list: ListName, item: Int)] {
    zip(restrictions, steps).compactMap { restriction, step in
      if case .list(let name) = restriction { (name, step.item) } else { nil }
    }
  }
}
