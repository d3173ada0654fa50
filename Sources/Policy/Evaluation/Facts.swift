/// What is known so far.
package struct Facts: Sendable {
  package var tables: TableSet
  /// What greylisting says; nil while nobody has answered.
  package var greylist: PolicyAction?
  package var patience: Patience

  /// What becomes of a fact that is missing.
  package enum Patience: Sendable {
    /// The walk stops there, and says so.
    case waits
    /// Time is up: it is unknown, and each restriction says what then.
    case isOver
  }

  package init(tables: TableSet = TableSet(), greylist: PolicyAction? = nil, patience: Patience = .waits) {
    self.tables = tables
    self.greylist = greylist
    self.patience = patience
  }
}
