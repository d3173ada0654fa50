import Glibc

/// A name server: its address and port.
///
/// Its description is `192.0.2.1:53` or `[2001:db8::1]:53`, which resolver libraries take, too.
package struct DNSServer: Hashable, Sendable, CustomStringConvertible {
  /// As inet_ntop writes it, without brackets.
  package let address: String
  package let port: UInt16

  /// Where name servers are unless something else is said (RFC 1035, section 4.2).
  package static let usualPort: UInt16 = 53

  /// Takes `ADDRESS`, `ADDRESS:PORT`, `[ADDRESS]` or `[ADDRESS]:PORT`; an IPv6 address needs brackets before a port.
  ///
  /// - Returns: nil for anything else, a host's name among it: who should look it up?
  package init?(_ text: String) {
    if let address = Self.canonical(text, AF_INET6) {
      self.init(address: address, port: Self.usualPort)
    } else if text.hasPrefix("["), let end = text.firstIndex(of: "]"),
      let address = Self.canonical(text[..<end].dropFirst(), AF_INET6),
      let port = Self.port(text[end...].dropFirst())
    {
      self.init(address: address, port: port)
    } else {
      let end = text.firstIndex(of: ":") ?? text.endIndex
      guard let address = Self.canonical(text[..<end], AF_INET), let port = Self.port(text[end...]) else {
        return nil
      }
      self.init(address: address, port: port)
    }
  }

  private init(address: String, port: UInt16) {
    self.address = address
    self.port = port
  }

  package var description: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }

  /// What follows an address: nothing, or a colon and a number.
  private static func port(_ text: Substring) -> UInt16? {
    if text.isEmpty { return usualPort }
    let digits = text.dropFirst()
    guard text.first == ":", (1...5).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = UInt16(digits), port > 0
    else { return nil }
    return port
  }

  /// The one text of an address; nil for what is none.
  private static func canonical(_ text: some StringProtocol, _ family: Int32) -> String? {
    // A NUL would end the text for the C library, and not for us.
    guard text.utf8.count < Int(INET6_ADDRSTRLEN), !text.utf8.contains(0) else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { bits in
      guard let start = bits.baseAddress, inet_pton(family, String(text), start) == 1 else { return nil }
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { line in
        inet_ntop(family, start, line.baseAddress, socklen_t(line.count)).map { String(cString: $0) }
      }
    }
  }
}
