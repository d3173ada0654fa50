import MailTypes

/// Mail that somebody waits for, such as a one-time code: it isn't greylisted for a while.
package struct AwaitedSender: Hashable, Sendable {
  /// An address, or a domain with its subdomains; in small letters.
  package let sender: [UInt8]
  /// Whose mail it is, in small letters; nil: everybody's.
  package let recipient: [UInt8]?
  /// The first second in which it isn't awaited any more, Unix time.
  package let until: Int64
  /// The address as triplets have it; nil for a domain.
  private let folded: [UInt8]?

  /// The longest name, bytes: as much as counts of a request's values.
  package static let longest = GreylistSubject.longestValue

  /// Takes an address, or a domain with or without `@` before it.
  ///
  /// - Returns: nil for what can't be one: nothing, what is too long, blanks and control characters.
  package init?(sender: [UInt8], recipient: [UInt8]?, until: Int64) {
    let name = sender.first == UInt8(ascii: "@") ? Array(sender.dropFirst()) : sender
    guard Self.isName(name), name.last != UInt8(ascii: "@"), recipient.map(Self.isName) ?? true
    else { return nil }
    self.sender = name.lowercasedASCII
    self.recipient = recipient?.lowercasedASCII
    self.until = until
    folded = name.contains(UInt8(ascii: "@")) ? Self.folded(MailAddress(name[...])) : nil
  }

  private static func isName(_ name: [UInt8]) -> Bool {
    (1...longest).contains(name.count) && name.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  private static func folded(_ address: MailAddress) -> [UInt8] {
    var folded: [UInt8] = []
    address.appendFolded(to: &folded)
    return folded.lowercasedASCII
  }

  /// Whether this is the mail that is awaited.
  ///
  /// An extension and numbers in the sender's local part don't matter, as they don't in a triplet.
  func covers(sender: MailAddress, recipient: MailAddress, now: Int64) -> Bool {
    guard now < until, self.recipient.map({ $0 == recipient.bytes.lowercasedASCII }) ?? true else {
      return false
    }
    if let folded { return folded == Self.folded(sender) }
    guard let domain = sender.domain?.lowercasedASCII, domain.count >= self.sender.count else { return false }
    let border = domain.count - self.sender.count
    return domain[border...].elementsEqual(self.sender)
      && (border == 0 || domain[border - 1] == UInt8(ascii: "."))
  }
}
