package import MailTypes

/// One step of the walk through a list.
package struct TraceStep: Equatable, Sendable {
  /// How deep in lists and results of tables: 1 for the list itself.
  package let depth: Int
  package let restriction: Restriction
  package let outcome: Outcome
  package let evidence: Evidence

  /// What came of a restriction.
  ///
  /// What few steps have stands elsewhere, so that thousands of traces are short.
  package enum Outcome: Equatable, Sendable {
    case dunno
    case permits
    indirect case refuses(Refusal)
    /// What `warn_if_reject` turned into a warning.
    indirect case wouldRefuse(Refusal)
    indirect case defersIfPermit(Refusal)
    indirect case defersIfReject(Refusal)
    case discards
    indirect case effect(PolicyAction)
    /// A list, or restrictions in a table's result, begin here.
    case enters
  }

  /// What an outcome rests on.
  package enum Evidence: Equatable, Sendable {
    case none
    /// The value that was looked at.
    case value([UInt8])
    indirect case row(TableName, key: [UInt8], value: [UInt8])
    /// A table that isn't there, or couldn't answer.
    indirect case failure(TableName)
    /// What a list in the DNS says.
    indirect case zone(ListedZone, ZoneAnswer)
    /// What a weighted list says.
    indirect case score(WeightedScore)
    /// What the DNS says of a name or an address.
    indirect case name([UInt8], NameStatus)
    /// What greylisting has found.
    case greylist(GreylistReason)
    /// A question whose answer nobody knows.
    indirect case unanswered(DNSQuestion, DNSFailure)
  }
}

extension TraceStep: CustomStringConvertible {
  /// A line for people: restriction, outcome, evidence.
  package var description: String {
    let indent = String(repeating: "  ", count: depth - 1)
    return indent + "\(restriction): \(outcome)" + (evidence == .none ? "" : " (\(evidence))")
  }
}

extension TraceStep.Outcome: CustomStringConvertible {
  package var description: String {
    switch self {
    case .dunno: "no opinion"
    case .permits: "permits"
    case .refuses(let refusal): "refuses: \(refusal)"
    case .wouldRefuse(let refusal): "would refuse: \(refusal)"
    case .defersIfPermit(let refusal): "defers if permitted: \(refusal)"
    case .defersIfReject(let refusal): "defers if rejected: \(refusal)"
    case .discards: "discards"
    case .effect(let action): PolicyReply(action).bytes.dropFirst(7).dropLast(2).repairedText
    case .enters: "goes through"
    }
  }
}

extension TraceStep.Evidence: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none: ""
    case .value(let value): value.isEmpty ? "<>" : value.repairedText
    case .row(let table, let key, let value):
      "\(table.shown): \(key.repairedText) → \(ListedZone.withoutKeys(value.repairedText))"
    case .failure(let table): "\(table.shown) can't be asked"
    case .score(let score): "\(score)"
    case .name(let name, let status): "\(name.repairedText): \(status)"
    case .greylist(let reason): reason.rawValue.replacing("_", with: " ")
    case .unanswered(let question, let failure): "\(question): \(failure)"
    case .zone(let zone, let answer): "\(zone.shown): \(answer)"
    }
  }
}

extension Refusal: CustomStringConvertible {
  package var description: String { "\(code.value) \(status) \(text.bytes.repairedText)" }
}
