import MailTypes

/// A record as a scripted name server sends it.
package struct ReplyRecord: Sendable {
  package enum Payload: Sendable {
    case address(String)
    case exchanger(String, preference: UInt16)
    case nameServer(String)
    case pointer(String)
    case alias(String)
    case text([String])
    /// Only the last of its numbers matters here: how long a *no* holds.
    case authority(minimum: UInt32)
    /// Any type, any bytes.
    case raw(type: UInt16, [UInt8])
  }

  package var owner: String
  package var lifetime: UInt32
  package var payload: Payload

  package init(_ owner: String, _ payload: Payload, lifetime: UInt32 = 300) {
    self.owner = owner
    self.payload = payload
    self.lifetime = lifetime
  }

  var type: UInt16 {
    switch payload {
    case .address(let text): text.contains(":") ? 28 : 1
    case .exchanger: 15
    case .nameServer: 2
    case .pointer: 12
    case .alias: 5
    case .text: 16
    case .authority: 6
    case .raw(let type, _): type
    }
  }

  var data: [UInt8] {
    switch payload {
    case .address(let text):
      switch IPAddress(text) {
      case .v4(let bits): WireText.number(bits)
      case .v6(let bits): (0..<16).map { UInt8(truncatingIfNeeded: bits >> (120 - 8 * UInt128($0))) }
      case nil: preconditionFailure("\(text) is no address")
      }
    case .exchanger(let name, let preference): WireText.number(preference) + WireText.name(name)
    case .nameServer(let name), .pointer(let name), .alias(let name): WireText.name(name)
    case .text(let strings): strings.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    case .authority(let minimum):
      WireText.name("ns.\(owner)") + WireText.name("hostmaster.\(owner)")
        + [1, 7200, 3600, 604_800, minimum].flatMap { WireText.number($0 as UInt32) }
    case .raw(_, let bytes): bytes
    }
  }

  package var wire: [UInt8] {
    let data = data
    return WireText.name(owner) + WireText.number(type) + [0, 1] + WireText.number(lifetime)
      + WireText.number(UInt16(data.count)) + data
  }
}

/// Numbers and names in the form of RFC 1035, without compression.
package enum WireText {
  package static func number<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  package static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }
}
