package import MailTypes

/// Which triplets somebody asks for, by what stands in their keys; with hashed keys none can be told.
package struct TripletFilter: Equatable, Sendable {
  private let start: [UInt8]
  private let middle: [UInt8]
  private let end: [UInt8]

  /// Asks for triplets for which all that is given is true.
  ///
  /// - Parameters:
  ///   - client: an address within their network.
  ///   - sender: their sender, folded as they are, or without `@` its domain.
  ///   - recipient: likewise.
  ///   - rules: how their keys are made.
  package init(client: IPAddress?, sender: [UInt8]?, recipient: [UInt8]?, by rules: GreylistRules) {
    let slash = UInt8(ascii: "/")
    let at = UInt8(ascii: "@")
    start = client.map { GreylistKeys.network(of: $0.unmapped, by: rules.lookup) + [slash] } ?? []
    middle =
      sender.map { sender in
        guard sender.contains(at) || sender.isEmpty else { return [at] + sender.lowercasedASCII + [slash] }
        var folded = [slash]
        MailAddress(sender[...]).appendFolded(to: &folded)
        return folded.lowercasedASCII + [slash]
      } ?? []
    end = recipient.map { [$0.contains(at) ? slash : at] + $0.lowercasedASCII } ?? []
  }

  package func matches(_ key: TripletKey) -> Bool {
    key.bytes.starts(with: start) && key.bytes.suffix(end.count).elementsEqual(end)
      && (middle.isEmpty || contains(middle, in: key.bytes))
  }

  private func contains(_ part: [UInt8], in bytes: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    return (0...(bytes.count - part.count)).contains { start in
      bytes[start] == part[0] && bytes[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
