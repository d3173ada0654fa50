/// A pattern of a list that can't be meant.
package enum MatchListFault: Error, Equatable, Sendable, CustomStringConvertible {
  case noPattern
  case table(TableName.Fault)
  case network(String)
  case hostBits(String, instead: String)
  /// An IPv6 address without brackets, which Postfix takes for a table.
  case needsBrackets(String)
  /// Looks like a network, and matches nothing.
  case matchesNothing(String)
  case unreadableFile(String)
  case nestedTooDeep(String)

  package var description: String {
    switch self {
    case .noPattern: "nothing comes after !"
    case .table(let fault): "\(fault)"
    case .network(let text): "\(text) is no network"
    case .hostBits(let text, let instead): "\(text) has bits after the prefix; did you mean \(instead)?"
    case .needsBrackets(let text): "an IPv6 address stands in brackets: [\(text)]"
    case .matchesNothing(let text): "\(text) matches nothing: an address has four parts, a network a prefix"
    case .unreadableFile(let path): "\(path): can't be read"
    case .nestedTooDeep(let path): "\(path): files include one another"
    }
  }
}
