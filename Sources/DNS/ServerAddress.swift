package import MailTypes

/// Where a name server listens, over UDP and TCP.
package struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  package static let usualPort: UInt16 = 53

  package let address: IPAddress
  package let port: UInt16

  package init(_ address: IPAddress, port: UInt16 = usualPort) {
    self.address = address
    self.port = port
  }

  /// Takes `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:5353`.
  ///
  /// - Returns: nil for anything else, names and the port 0 among it.
  package init?(_ text: String) {
    if let address = IPAddress(text) {
      self.init(address)
      return
    }
    let bytes = Array(text.utf8)
    let address: IPAddress
    let end: Int
    if bytes.first == UInt8(ascii: "[") {
      guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")),
        case .v6(let bits)? = IPAddress(bytes[1..<bracket])
      else { return nil }
      address = .v6(bits)
      end = bracket + 1
    } else {
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
        case .v4(let bits)? = IPAddress(bytes[..<colon])
      else { return nil }
      address = .v4(bits)
      end = colon
    }
    guard let port = Self.port(bytes[end...]) else { return nil }
    self.init(address, port: port)
  }

  /// What follows an address: nothing, or a colon and a number.
  private static func port(_ text: ArraySlice<UInt8>) -> UInt16? {
    if text.isEmpty { return usualPort }
    let digits = text.dropFirst()
    guard text.first == UInt8(ascii: ":"), digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return UInt16(digits.repairedText).flatMap { $0 == 0 ? nil : $0 }
  }

  /// With its port, and with brackets around an IPv6 address: as it can be read again.
  package var description: String {
    address.width == 32 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
