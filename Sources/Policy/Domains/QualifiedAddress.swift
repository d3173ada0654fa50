import MailTypes

/// An address as Postfix resolves it for lookups: in small letters, with a domain, without a source route.
///
/// Postfix also rewrites `user%elsewhere@here` and `elsewhere!user@here` when *here* is local. We don't: such an
/// address is one of this host that nobody may relay through, whatever is behind the `%`.
struct QualifiedAddress: Equatable, Sendable {
  let user: [UInt8]
  /// Without a dot at its end.
  let domain: [UInt8]
  /// Nil when the user has none.
  let userWithoutExtension: [UInt8]?

  /// Reads an address; nil for the null address, and when there is no domain, nor an origin.
  ///
  /// - Parameters:
  ///   - address: as Postfix asks about it.
  ///   - origin: what is appended when it has no domain.
  ///   - delimiters: the bytes that an extension may begin with.
  init?(_ address: MailAddress, origin: [UInt8]?, delimiters: [UInt8]) {
    if address.isNull { return nil }
    let at = UInt8(ascii: "@")
    var bytes = address.bytes.lowercasedASCII[...]
    if bytes.first == at, let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
      bytes = bytes[(colon + 1)...]
    }
    if let border = bytes.lastIndex(of: at) {
      user = Array(bytes[..<border])
      domain = Array(HostSyntax.withoutTrailingDot(bytes[(border + 1)...]))
    } else {
      guard let origin, !origin.isEmpty else { return nil }
      user = Array(bytes)
      domain = origin.lowercasedASCII
    }
    userWithoutExtension = Self.withoutExtension(user, delimiters)
  }

  /// With its extension, and without when it has one.
  var users: [[UInt8]] { [user] + (userWithoutExtension.map { [$0] } ?? []) }

  /// Whether it names a way that leads on from its domain, which is too uncertain to be trusted.
  var isRouted: Bool {
    user.contains { [UInt8(ascii: "@"), UInt8(ascii: "!"), UInt8(ascii: "%")].contains($0) }
  }

  private static func withoutExtension(_ user: [UInt8], _ delimiters: [UInt8]) -> [UInt8]? {
    let whole = ["postmaster", "mailer-daemon", "double-bounce"]
    if delimiters.isEmpty || whole.contains(where: { user.elementsEqual($0.utf8) }) { return nil }
    let isOfAList = user.starts(with: "owner-".utf8) || user.ends(with: Array("-request".utf8))
    if delimiters.contains(UInt8(ascii: "-")), isOfAList { return nil }
    guard let cut = user.firstIndex(where: delimiters.contains), cut > 0 else { return nil }
    return Array(user[..<cut])
  }

  /// The user as it is written in a message: in quotes when it isn't atoms with dots between.
  static func quoted(_ user: [UInt8]) -> [UInt8] {
    let dot = UInt8(ascii: ".")
    let isPlain =
      user.split(separator: dot, omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
      && user.allSatisfy { $0 > 0x20 && $0 != 0x7F && !special.contains($0) }
    if isPlain { return user }
    let quote = UInt8(ascii: "\"")
    let escaped: [UInt8] = user.flatMap { byte -> [UInt8] in
      let needsBackslash = [quote, UInt8(ascii: "\\"), UInt8(ascii: "\r")].contains(byte)
      return needsBackslash ? [UInt8(ascii: "\\"), byte] : [byte]
    }
    return [quote] + escaped + [quote]
  }

  private static let special = Set("()<>@,;:\\\"[]".utf8)
}
