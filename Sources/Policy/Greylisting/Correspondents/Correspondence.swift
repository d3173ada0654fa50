import MailTypes

/// That one of our own users wrote to somebody: his answer isn't greylisted for a while.
///
/// Only what was let out counts: whoever calls this knows that the client is logged in or may relay, and that the mail
/// was not refused. The null sender waits for no answer, and neither does who writes to himself.
package struct Correspondence: Equatable, Sendable {
  package let write: CorrespondenceWrite

  /// Takes a request for a mail that goes out.
  ///
  /// - Returns: nil when there is nothing to note: it has no sender or no recipient with a domain, they are the same,
  ///   or correspondents are off.
  package init?(outgoing request: PolicyRequest, by rules: GreylistRules, now: WallTime) {
    func address(_ attribute: PolicyAttribute) -> MailAddress? {
      request[attribute].map { MailAddress($0.prefix(GreylistSubject.longestValue)) }
    }
    guard let sender = address(.sender), let recipient = address(.recipient),
      let key = CorrespondenceKey(local: sender, correspondent: recipient, by: rules)
    else { return nil }
    write = CorrespondenceWrite(key: key, last: now.seconds)
  }
}

/// The name of a correspondence in the store: the local address and the correspondent's, or `@` and his domain, a line
/// each.
///
/// By domain whoever is at the domain may answer, forgers among them, and at a mail provider's everybody: our users'
/// own domain is left out for that.
///
/// Addresses are folded as a triplet's sender is, and in small letters: an answer to `alice+shop@…` may come to `alice@…`,
/// and from an address with a BATV tag. No value of a request has a line's end in it, so that no two pairs look alike.
package struct CorrespondenceKey: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static func == (left: Self, right: Self) -> Bool { left.bytes.isSamePiece(as: right.bytes) }
  package func hash(into hasher: inout Hasher) { hasher.combine(piece: bytes) }

  /// - Returns: nil for an address without a domain, for one and the same address or, by domain, for one and the same
  ///   domain, and when correspondents are off.
  init?(local: MailAddress, correspondent: MailAddress, by rules: GreylistRules) {
    guard rules.correspondents > 0, let home = local.domain, let domain = correspondent.domain
    else { return nil }
    let isByDomain = rules.correspondentsBy == .domain
    if isByDomain, domain.isEmpty || domain.lowercasedASCII == home.lowercasedASCII { return nil }
    var key: [UInt8] = []
    key.reserveCapacity(1 + local.bytes.count + correspondent.bytes.count)
    local.appendFolded(to: &key)
    let border = key.endIndex
    key.append(UInt8(ascii: "\n"))
    if isByDomain { key += [UInt8(ascii: "@")] + domain } else { correspondent.appendFolded(to: &key) }
    for index in key.indices { key[index] = key[index].lowercasedASCII }
    guard key[..<border] != key[(border + 1)...] else { return nil }
    bytes = GreylistKeys.form(key, rules.keyForm)
  }
}

/// A correspondence as it is from now on.
package struct CorrespondenceWrite: Equatable, Sendable {
  package let key: CorrespondenceKey
  /// When our user wrote last, Unix seconds within the bounds of a `TripletRecord`.
  package let last: Int64

  package init(key: CorrespondenceKey, last: Int64) {
    self.key = key
    self.last = min(max(last, 0), TripletRecord.most)
  }
}
