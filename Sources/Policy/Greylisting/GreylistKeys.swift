import MailTypes

/// What the store is asked for.
package struct GreylistKeys: Equatable, Sendable {
  package let triplet: TripletKey
  /// Nil when clients are not whitelisted by their successes.
  package let client: ClientKey?
  /// Nil when the sender can't be the recipient's correspondent.
  package let correspondence: CorrespondenceKey?
  /// Nil when who retries from many addresses isn't recognised.
  package let pools: PoolKeys?

  package init(
    triplet: TripletKey, client: ClientKey?, correspondence: CorrespondenceKey? = nil, pools: PoolKeys? = nil
  ) {
    self.triplet = triplet
    self.client = client
    self.correspondence = correspondence
    self.pools = pools
  }
}

/// The name of a triplet in the store, byte for byte as postgrey's `postgrey.db` has it.
package struct TripletKey: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static func == (left: Self, right: Self) -> Bool { left.bytes.isSamePiece(as: right.bytes) }
  package func hash(into hasher: inout Hasher) { hasher.combine(piece: bytes) }
}

/// The name of a client in the store, byte for byte as postgrey's `postgrey_clients.db` has it.
package struct ClientKey: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(bytes: [UInt8]) { self.bytes = bytes }

  package static func == (left: Self, right: Self) -> Bool { left.bytes.isSamePiece(as: right.bytes) }
  package func hash(into hasher: inout Hasher) { hasher.combine(piece: bytes) }
}
