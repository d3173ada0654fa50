/// Whether a stranger may relay: a client outside `mynetworks`, not logged in, without a certificate of
/// `relay_clientcerts`, for a recipient outside this host's domains.
package enum RelayProof: Equatable, Sendable {
  /// No path gives *permit*, whatever the stranger does.
  case closed
  /// One that may, step by step. Some of its conditions may exclude one another: only *closed* is proven.
  case open([ProofStep])
}

/// One step of a path on which a stranger is permitted.
package struct ProofStep: Equatable, Sendable {
  /// Nil in a table's result.
  package let list: ListName?
  /// Of the list, counted from 1; 0 in a table's result, and at the list's end.
  package let item: Int
  package let restriction: Restriction?
  package let reason: Reason

  package enum Reason: Equatable, Sendable {
    /// A stranger can pass it.
    case passes
    case permits
    /// A row of a table leads on, or permits.
    case row(TableName, line: Int, value: String)
    /// Nobody knows what it says.
    case unreadable(TableName)
    /// It isn't followed here.
    case foreign
    /// After the last restriction Postfix permits.
    case end
  }
}

extension ProofStep: CustomStringConvertible {
  package var description: String {
    let place = list.map { item == 0 ? "\($0): " : "\($0): item \(item): " } ?? ""
    let name = restriction.map { "\($0)" } ?? ""
    switch reason {
    case .passes: return "\(place)\(name): a stranger can pass"
    case .permits: return "\(place)\(name): permits"
    case .row(let table, let line, let value):
      return "\(place)\(name): \(table.path ?? table.type.rawValue) line \(line): \(value)"
    case .unreadable(let table): return "\(place)\(name): \(table) can't be read, and may permit"
    case .foreign: return "\(place)\(name): can't be followed, and may permit"
    case .end: return "\(place)after the last restriction Postfix permits"
    }
  }
}
