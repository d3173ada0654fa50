extension ValueType<ListenAddress> {
  /// An endpoint as main.cf names it.
  static let endpoint = {
    let says = "unix:/PATH or inet:HOST:PORT"
    return ValueType(says: says) { node throws(Misfits) in
      guard case .string(let text) = node.content else {
        throw Misfits("\(says) is expected, not \(node.kind)", line: node.line)
      }
      guard let address = ListenAddress(endpoint: text) else {
        throw Misfits(
          "\(quoted(text)) is not \(says)", line: node.line, suggestion: ListenAddress.suggestion(for: text))
      }
      return address
    } write: {
      quoted($0.endpoint)
    }
  }()
}
