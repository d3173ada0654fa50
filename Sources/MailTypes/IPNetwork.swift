/// The addresses that begin with the same bits.
package struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
  /// Its first address: every bit after the prefix is 0.
  package let address: IPAddress
  /// How many bits are the same: 0 to 32, or to 128.
  package let prefix: Int

  /// The network that `address` is in; nil when its family has no such prefix.
  package init?(of address: IPAddress, prefix: Int) {
    guard (0...address.width).contains(prefix) else { return nil }
    self.prefix = prefix
    // A smart shift by all 32 or 128 bits gives 0.
    switch address {
    case .v4(let bits): self.address = .v4(bits & (~0 << UInt32(32 - prefix)))
    case .v6(let bits): self.address = .v6(bits & (~0 << UInt128(128 - prefix)))
    }
  }

  /// Why a text is no network.
  package enum Fault: Error, Equatable, Sendable {
    case address
    case prefix
    /// There are bits after the prefix; the network that was meant, perhaps.
    case hostBits(IPNetwork)
  }

  /// `ADDRESS` or `ADDRESS/PREFIX`, without brackets; bits after the prefix are refused, as Postfix does.
  package init(_ text: ArraySlice<UInt8>) throws(Fault) {
    let (address, network) = try Self.read(text)
    guard network.address == address else { throw .hostBits(network) }
    self = network
  }

  /// The same, but bits after the prefix are let be, as postgrey does.
  package init(around text: ArraySlice<UInt8>) throws(Fault) {
    self = try Self.read(text).network
  }

  /// An IPv4 address, v4-mapped ones included, is in no IPv6 network, nor the other way round.
  package func contains(_ other: IPAddress) -> Bool {
    IPNetwork(of: other, prefix: prefix)?.address == address
  }

  package var description: String { "\(address)/\(prefix)" }

  private static func read(
    _ text: ArraySlice<UInt8>
  ) throws(Fault) -> (address: IPAddress, network: IPNetwork) {
    let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { throw .address }
    guard let digits = parts.dropFirst().first else {
      guard let network = IPNetwork(of: address, prefix: address.width) else { throw .prefix }
      return (address, network)
    }
    guard (1...3).contains(digits.count), digits.allSatisfy(\.isASCIIDigit),
      let network = IPNetwork(
        of: address, prefix: digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    else { throw .prefix }
    return (address, network)
  }
}
