import MailTypes

/// How parent domains are looked up: `parent_domain_matches_subdomains`.
package enum ParentStyle: Sendable, Equatable {
  /// `sub.dom.tld`, `dom.tld`, `tld`.
  case parent
  /// `sub.dom.tld`, `.dom.tld`, `.tld`.
  case dotParent
}

/// What is looked up one after the other, in Postfix's order.
enum AccessKeys {
  struct Key: Equatable {
    let bytes: [UInt8]
    /// Part of what is looked up: tables of patterns aren't asked.
    let isPartial: Bool
  }

  /// A name and its parents; an address stands for itself only.
  static func domain(_ name: [UInt8], parents: ParentStyle) -> [Key] {
    guard !name.isEmpty else { return [] }
    var keys = [Key(bytes: name, isPartial: false)]
    if HostSyntax.isAddress(name[...]) { return keys }
    var start = name.startIndex
    while let dot = name[(start + 1)...].firstIndex(of: UInt8(ascii: ".")) {
      start = parents == .parent ? dot + 1 : dot
      if start == name.endIndex { break }
      keys.append(Key(bytes: Array(name[start...]), isPartial: true))
    }
    return keys
  }

  /// An address, cut again and again at its last dot or colon; of two colons one stays at the end.
  static func address(_ address: [UInt8]) -> [Key] {
    let separator = address.contains(UInt8(ascii: ":")) ? UInt8(ascii: ":") : UInt8(ascii: ".")
    var keys = [Key(bytes: address, isPartial: false)]
    var rest = address[...]
    while let cut = rest.lastIndex(of: separator) {
      rest = rest[..<cut]
      keys.append(Key(bytes: Array(rest), isPartial: true))
    }
    return keys.filter { !$0.bytes.isEmpty }
  }

  /// A host: its name and parents, then its address and what remains of it.
  static func host(name: [UInt8], address text: [UInt8], parents: ParentStyle) -> [Key] {
    domain(name, parents: parents) + address(text)
  }

  /// A mail address: with its extension, without, its domain and parents, `user+extension@`, `user@`.
  static func mail(_ address: QualifiedAddress, parents: ParentStyle) -> [Key] {
    var all = whole(address)
    all += domain(address.domain, parents: parents).map { Key(bytes: $0.bytes, isPartial: true) }
    for user in address.users { all += forms(user, Array("@".utf8), isPartial: true) }
    return all
  }

  /// Who owns a sender: the address with its extension, without, the user alone when the domain is local, `@domain`.
  static func login(_ address: QualifiedAddress, isLocal: Bool) -> [Key] {
    var all = whole(address)
    if isLocal { for user in address.users { all += forms(user, [], isPartial: true) } }
    all.append(Key(bytes: Array("@".utf8) + address.domain, isPartial: true))
    return all
  }

  private static func whole(_ address: QualifiedAddress) -> [Key] {
    address.users.enumerated().flatMap { index, user in
      forms(user, Array("@".utf8) + address.domain, isPartial: index > 0)
    }
  }

  /// A user that needs quotes is looked up with them, then without.
  private static func forms(_ user: [UInt8], _ rest: [UInt8], isPartial: Bool) -> [Key] {
    let quoted = QualifiedAddress.quoted(user)
    return (quoted == user ? [user] : [quoted, user]).map { Key(bytes: $0 + rest, isPartial: isPartial) }
  }
}
