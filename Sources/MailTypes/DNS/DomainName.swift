/// A name in the DNS, as text in small letters and without the dot at its end; empty for the root.
///
/// Any bytes may stand in a label but a dot and a NUL: whether a name is one of a host is for whoever needs a host's.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
  /// What fits into the 255 octets of RFC 1035's wire form.
  package static let longest = 253
  package static let longestLabel = 63

  package let bytes: [UInt8]
  /// Of the bytes, with this process's secret: a name stands in half a dozen tables on its way to its answer.
  private let digest: Int

  package static let root = DomainName(known: [])

  private init(known bytes: [UInt8]) {
    self.bytes = bytes
    var hasher = Hasher()
    hasher.combine(piece: bytes)
    digest = hasher.finalize()
  }

  /// Takes a name with or without one dot at its end; `.` is the root.
  ///
  /// - Returns: nil for an empty text or label, one that is too long, or a NUL.
  package init?(_ text: some Collection<UInt8>) { self.init(checking: Array(text)) }

  // Not generic: that would be left so in other modules, and slow.
  private init?(checking text: [UInt8]) {
    var bytes = text.lowercasedASCII
    if bytes == [UInt8(ascii: ".")] {
      self = .root
      return
    }
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    guard (1...Self.longest).contains(bytes.count) else { return nil }
    var label = 0
    for byte in bytes {
      if byte == 0 { return nil }
      if byte != UInt8(ascii: ".") {
        label += 1
        if label > Self.longestLabel { return nil }
      } else if label == 0 {
        return nil
      } else {
        label = 0
      }
    }
    if label == 0 { return nil }
    self.init(known: bytes)
  }

  package init?(_ text: String) { self.init(Array(text.utf8)) }

  package var isRoot: Bool { bytes.isEmpty }

  /// The name without its first label; nil for the root.
  package var parent: DomainName? {
    if isRoot { return nil }
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return .root }
    return DomainName(known: Array(bytes[(dot + 1)...]))
  }

  /// This name below another one; nil when that makes it too long.
  package func within(_ zone: DomainName) -> DomainName? {
    if zone.isRoot { return self }
    if isRoot { return zone }
    guard bytes.count + 1 + zone.bytes.count <= Self.longest else { return nil }
    var name: [UInt8] = []
    name.reserveCapacity(bytes.count + 1 + zone.bytes.count)
    name.append(contentsOf: bytes)
    name.append(UInt8(ascii: "."))
    name.append(contentsOf: zone.bytes)
    return DomainName(known: name)
  }

  /// Whether this is a zone's own name or one below it.
  package func isWithin(_ zone: DomainName) -> Bool {
    let surplus = bytes.count - zone.bytes.count
    if zone.isRoot || surplus == 0 { return zone.isRoot || self == zone }
    return surplus > 0 && bytes[surplus - 1] == UInt8(ascii: ".")
      && bytes[surplus...].elementsEqual(zone.bytes)
  }

  package var description: String { isRoot ? "." : bytes.repairedText }
}

// MARK: In tables

extension DomainName {
  package static func == (left: DomainName, right: DomainName) -> Bool {
    left.digest == right.digest && left.bytes.isSamePiece(as: right.bytes)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

// MARK: Addresses

extension DomainName {
  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// The address as lists in the DNS have it (RFC 5782): its four numbers, or its 32 nibbles, from the last to the
  /// first.
  package init(reversed address: IPAddress) {
    var bytes: [UInt8] = []
    switch address {
    case .v4(let bits):
      bytes.reserveCapacity(15)
      for shift: UInt32 in [0, 8, 16, 24] {
        if shift > 0 { bytes.append(UInt8(ascii: ".")) }
        Self.append(UInt8(truncatingIfNeeded: bits >> shift), to: &bytes)
      }
    case .v6(let bits):
      bytes.reserveCapacity(63)
      for nibble: UInt128 in 0..<32 {
        if nibble > 0 { bytes.append(UInt8(ascii: ".")) }
        bytes.append(Self.hexDigits[Int(truncatingIfNeeded: bits >> (4 * nibble) & 15)])
      }
    }
    self.init(known: bytes)
  }

  /// The name that has an address's PTR records.
  package init(pointerOf address: IPAddress) {
    let zone = address.width == 32 ? "in-addr.arpa" : "ip6.arpa"
    self.init(known: DomainName(reversed: address).bytes + [UInt8(ascii: ".")] + Array(zone.utf8))
  }

  private static func append(_ number: UInt8, to bytes: inout [UInt8]) {
    if number >= 100 { bytes.append(UInt8(ascii: "0") + number / 100) }
    if number >= 10 { bytes.append(UInt8(ascii: "0") + number / 10 % 10) }
    bytes.append(UInt8(ascii: "0") + number % 10)
  }
}
