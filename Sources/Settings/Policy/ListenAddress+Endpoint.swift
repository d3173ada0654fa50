import SystemCalls

extension ListenAddress {
  /// Reads `unix:/PATH` or `inet:HOST:PORT`; nil for anything else.
  ///
  /// An IPv6 address stands in brackets. A host's name is kept in small letters.
  init?(endpoint text: String) {
    if let path = Self.rest(of: text, after: "unix:") {
      guard AbsolutePath.fits(path, longest: UnixSocket.longestPath) else { return nil }
      self = .unix(path: path)
    } else if let text = Self.rest(of: text, after: "inet:"), let colon = text.lastIndex(of: ":") {
      let digits = text[text.index(after: colon)...]
      guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(Self.isDigit),
        let port = UInt16(digits), port > 0, let host = Self.host(text[..<colon])
      else { return nil }
      self = .inet(host: host, port: port)
    } else {
      return nil
    }
  }

  /// What was meant by an address that lacks its type or its brackets.
  static func suggestion(for text: String) -> String? {
    let unbracketed = rest(of: text, after: "inet:") ?? text
    let bracketed = unbracketed.lastIndex(of: ":").map { colon in
      "inet:[\(unbracketed[..<colon])]\(unbracketed[colon...])"
    }
    return ["unix:\(text)", "inet:\(text)", bracketed].compactMap(\.self)
      .first { ListenAddress(endpoint: $0) != nil }
  }

  private static func host(_ text: Substring) -> String? {
    if text == "*" { return "*" }
    if text.hasPrefix("["), text.hasSuffix("]") {
      let address = text.dropFirst().dropLast()
      let isAddress =
        address.contains(":") && address.allSatisfy { $0.isHexDigit && $0.isASCII || ":.".contains($0) }
      return isAddress ? address.lowercased() : nil
    }
    let isName = text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "-_.".utf8.contains($0) }
    return (1...255).contains(text.utf8.count) && isName ? text.lowercased() : nil
  }

  private static func rest(of text: String, after type: String) -> String? {
    text.hasPrefix(type) ? String(text.dropFirst(type.count)) : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
