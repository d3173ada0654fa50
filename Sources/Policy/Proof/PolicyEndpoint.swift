import MailTypes

/// Where `check_policy_service` asks, as smtpd sees it: two spellings of one place are equal.
package enum PolicyEndpoint: Hashable, Sendable {
  /// Absolute below what smtpd has as its root, or relative to the queue directory.
  case unix(path: String)
  /// A name in small letters, or an address as inet_ntop prints it, without brackets.
  case inet(host: String, port: UInt16)

  /// Reads `unix:PATH`, `local:PATH`, `inet:HOST:PORT` or `inet:PORT`, which is on this host.
  ///
  /// Nil for anything else, a port's name among it.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let rest = text[text.index(after: colon)...]
    switch text[..<colon] {
    case "unix", "local":
      guard !rest.isEmpty else { return nil }
      self.init(path: rest)
    case "inet":
      guard let place = Self.inet(rest) else { return nil }
      self = place
    default: return nil
    }
  }

  /// The place of a unix socket.
  package init(path: some StringProtocol) {
    let components = path.split(separator: "/").map { String($0) }.filter { $0 != "." }
    self = .unix(path: (path.hasPrefix("/") ? "/" : "") + components.joined(separator: "/"))
  }

  /// The place of a port of a host's, whose address may stand in brackets.
  package init(host: some StringProtocol, port: UInt16) {
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    let bare = isBracketed ? String(host.dropFirst().dropLast()) : String(host)
    let address: IPAddress? = IPAddress(bare)
    self = .inet(
      host: address?.description ?? String(decoding: bare.utf8.lowercasedASCII, as: UTF8.self), port: port)
  }

  private static func inet(_ text: Substring) -> PolicyEndpoint? {
    let digits = text.lastIndex(of: ":").map { text[text.index(after: $0)...] } ?? text
    guard digits.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(digits) else { return nil }
    let host = text.dropLast(digits.count + 1)
    return PolicyEndpoint(host: host.isEmpty ? "localhost" : host, port: port)
  }
}
