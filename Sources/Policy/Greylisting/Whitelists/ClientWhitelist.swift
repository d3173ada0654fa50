package import MailTypes

/// Clients that are never greylisted: postgrey's `whitelist_clients`.
///
/// A line is an expression between slashes (on the client's name, in any case), an IPv4 or IPv6 address with or
/// without a prefix, three numbers of one (a /24), two (a /16, which postgrey 1.37 reads as a /24), or else a
/// domain: itself and its subdomains.
package struct ClientWhitelist: Sendable {
  private var domains = NameSuffixes()
  private var networks: [IPNetwork] = []
  private var expressions = WhitelistExpressions()

  package init() {}

  /// Adds the rules of a file.
  ///
  /// - Returns: the lines that are none, in their order.
  package mutating func read(_ file: [UInt8], name: String) -> [WhitelistFault] {
    defer { expressions.unite() }
    return WhitelistLine.faults(of: file) { line throws(WhitelistFault) in try take(line, of: name) }
  }

  /// Asks for a client.
  ///
  /// - Parameters:
  ///   - name: as Postfix tells it, `unknown` too.
  ///   - address: not v4-mapped.
  /// - Returns: whether a rule lists it.
  package func answer(name: ArraySlice<UInt8>, address: IPAddress) -> WhitelistAnswer {
    let isListed =
      domains.match(name, fromStart: true) { $0 == UInt8(ascii: ".") }
      || networks.contains { $0.contains(address) }
    if isListed { return WhitelistAnswer(isListed: true) }
    return expressions.answer(name)
  }

  private mutating func take(_ line: WhitelistLine, of file: String) throws(WhitelistFault) {
    if let expression = line.expression {
      expressions.append(try WhitelistExpression(expression, file: file, line: line.number))
    } else if line.hasBlank {
      throw WhitelistFault(file: file, line: line.number, reason: .notAHostname)
    } else if line.text.count > WhitelistLine.longest {
      throw WhitelistFault(file: file, line: line.number, reason: .tooLong)
    } else if let network = NetworkRule(line.text) {
      guard let network = network.network else {
        throw WhitelistFault(
          file: file, line: line.number, reason: .notANetwork(line.text.prefix(100).repairedText))
      }
      networks.append(network)
    } else {
      domains.insert(line.text)
    }
  }
}
