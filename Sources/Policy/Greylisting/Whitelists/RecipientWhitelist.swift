package import MailTypes

/// Recipients whose mail is never greylisted: postgrey's `whitelist_recipients`.
///
/// A line is an expression between slashes (on the whole address, in any case), `user@domain` (with any
/// `+extension` too), `user@` (in every domain), or a domain: itself and its subdomains.
package struct RecipientWhitelist: Sendable {
  private var domains = NameSuffixes()
  /// `user@domain`, in small letters.
  private var addresses: Set<[UInt8]> = []
  /// `user@`, in small letters.
  private var users: Set<[UInt8]> = []
  private var expressions = WhitelistExpressions()

  package init() {}

  /// Adds the rules of a file.
  ///
  /// - Returns: the lines that are none, in their order.
  package mutating func read(_ file: [UInt8], name: String) -> [WhitelistFault] {
    defer { expressions.unite() }
    return WhitelistLine.faults(of: file) { line throws(WhitelistFault) in try take(line, of: name) }
  }

  /// Asks for a recipient.
  package func answer(_ recipient: MailAddress) -> WhitelistAnswer {
    let address = recipient.bytes.lowercasedASCII
    if lists(address) { return WhitelistAnswer(isListed: true) }
    return expressions.answer(recipient.bytes)
  }

  private func lists(_ address: [UInt8]) -> Bool {
    let at = UInt8(ascii: "@")
    if domains.match(address, fromStart: false, after: { $0 == at || $0 == UInt8(ascii: ".") }) {
      return true
    }
    guard let border = address.firstIndex(of: at) else { return false }
    return Self.withoutExtensions(address[..<border]).contains { user in
      users.contains(user + [at]) || addresses.contains(user + address[border...])
    }
  }

  /// The user as written, and with one `+extension` after the other cut off, unless it is empty.
  private static func withoutExtensions(_ user: ArraySlice<UInt8>) -> [[UInt8]] {
    let cuts = user.indices.filter { user[$0] == UInt8(ascii: "+") && $0 + 1 < user.endIndex }
    return [Array(user)] + cuts.map { Array(user[..<$0]) }
  }

  private mutating func take(_ line: WhitelistLine, of file: String) throws(WhitelistFault) {
    if let expression = line.expression {
      expressions.append(try WhitelistExpression(expression, file: file, line: line.number))
    } else if line.hasBlank {
      throw WhitelistFault(file: file, line: line.number, reason: .notAnAddress)
    } else if line.text.count > WhitelistLine.longest {
      throw WhitelistFault(file: file, line: line.number, reason: .tooLong)
    } else if !line.text.contains(UInt8(ascii: "@")) {
      domains.insert(line.text)
    } else if line.text.firstIndex(of: UInt8(ascii: "@")) == line.text.endIndex - 1 {
      users.insert(line.text.lowercasedASCII)
    } else {
      addresses.insert(line.text.lowercasedASCII)
    }
  }
}
