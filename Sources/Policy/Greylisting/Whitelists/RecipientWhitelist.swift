package import MailTypes

/// Recipients whose mail is never greylisted: postgrey's `whitelist_recipients`.
///
/// A line is an expression between slashes (on the whole address, in any case), `user@domain` (with any
/// `+extension` too), `user@` (in every domain), or a domain: itself and its subdomains.
package struct RecipientWhitelist: Sendable {
  private var domains = NameSuffixes()
  /// `user@domain`.
  private var addresses = NameTable()
  /// Of `user@`, the user.
  private var users = NameTable()
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
    if lists(recipient.bytes[...]) { return WhitelistAnswer(isListed: true) }
    return expressions.answer(recipient.bytes[...])
  }

  private func lists(_ address: ArraySlice<UInt8>) -> Bool {
    let at = UInt8(ascii: "@")
    if domains.match(address, fromStart: false, after: { $0 == at || $0 == UInt8(ascii: ".") }) {
      return true
    }
    guard !users.isEmpty || !addresses.isEmpty, let border = address.firstIndex(of: at) else { return false }
    let user = address[..<border]
    if users.contains(user) || addresses.contains(address) { return true }
    // With one `+extension` after the other cut off, unless it is empty.
    return user.indices.contains { end in
      user[end] == UInt8(ascii: "+") && end + 1 < border
        && (users.contains(user[..<end]) || addresses.contains(user[..<end] + address[border...]))
    }
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
      users.insert(line.text.dropLast())
    } else {
      addresses.insert(line.text)
    }
  }
}
