/// Something in a list that can't be meant.
package struct RestrictionFault: Error, Equatable, Sendable, CustomStringConvertible {
  package let list: ListName
  /// Which item of the list, counted from 1; 0 for the list as a whole.
  package let item: Int
  package let reason: Reason

  /// What is wrong.
  package enum Reason: Equatable, Sendable {
    case unknown(String)
    /// A table without the restriction that looks it up.
    case bareTable(String)
    case missingArgument(String)
    case table(String, TableName.Fault)
    case zone(String, argument: String)
    case number(String, argument: String)
    case braces(String)
    /// The names that there are.
    case weightedList(String, known: [String])
    case staysInMainCf(String)
    case removed(String, instead: String)
    case nothingToWarnAbout
    /// A list that has the name of a restriction: it could never be called.
    case shadowed
    /// Lists that call one another in a circle, from this one on.
    case cycle([ListName])
  }

  package var description: String {
    (item == 0 ? "\(list): " : "\(list): item \(item): ") + message
  }

  /// The name that nothing has, for a suggestion.
  package var misspelled: String? {
    switch reason {
    case .unknown(let name), .weightedList(let name, _): name
    default: nil
    }
  }

  /// Names that may have been meant, for a suggestion; empty when there is nothing to suggest.
  package func candidates(lists: some Sequence<ListName>) -> [String] {
    switch reason {
    case .unknown: RestrictionKeyword.byName.keys.sorted() + lists.map(\.text).sorted()
    case .weightedList(_, let known): known
    case .table(_, .unknownType): TableName.Kind.allCases.map(\.rawValue)
    default: []
    }
  }

  /// What is wrong, without its place.
  package var message: String {
    switch reason {
    case .unknown(let name): "there is no restriction or list \(name)"
    case .bareTable(let word):
      "\(word) needs a restriction before it that looks it up, such as \(AccessSubject.client.rawValue)"
    case .missingArgument(let name): "\(name) needs an argument"
    case .table(let name, let fault): "\(name): \(fault)"
    case .zone(let name, let argument):
      "\(name): \(argument) is no zone or zone=filter, such as zen.example=127.0.0.[2..11]"
    case .number(let name, let argument): "\(name): \(argument) is no number"
    case .braces(let word): "\(word): braces group nothing here"
    case .weightedList(let name, _): "check_dnsbl: there is no weighted list \(name)"
    case .staysInMainCf(let name):
      "\(name) needs what only Postfix knows; leave it in main.cf, beside check_policy_service"
    case .removed(let name, let instead): "\(name) is gone from Postfix; write \(instead)"
    case .nothingToWarnAbout: "nothing comes after warn_if_reject"
    case .shadowed: "a list can't have the name of a restriction"
    case .cycle(let names):
      "lists call one another in a circle: \(names.map(\.text).joined(separator: " > "))"
    }
  }
}
