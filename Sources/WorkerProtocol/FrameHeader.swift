/// What every frame between postern-auth and a worker begins with: type, version, length, request id.
///
/// 14 bytes: type, version, payload length (32 bits, big-endian), request id (64 bits, big-endian). One frame
/// is one message of a SOCK_SEQPACKET pair; the length is checked against the message's own.
package struct FrameHeader: Equatable, Sendable {
  /// Changes when a frame's layout changes: a worker of another version is not given work.
  package static let version: UInt8 = 1
  package static let size = 14

  /// The kinds of frame; no two share a byte, nor a byte with a boolean or a small number.
  package enum Kind: UInt8, CaseIterable, Sendable {
    /// Worker to front, once: ready for work.
    case hello = 0x48
    /// Front to worker: check this login.
    case check = 0x3C
    /// Worker to front: the verdicts.
    case accepted = 0xA7
    case refused = 0x5B
    case unavailable = 0x69
  }

  package var kind: Kind
  package var payload: Int
  package var request: UInt64

  package init(kind: Kind, payload: Int, request: UInt64) {
    self.kind = kind
    self.payload = payload
    self.request = request
  }

  /// The header as it stands before the payload.
  package var encoded: [UInt8] {
    var bytes = [kind.rawValue, Self.version]
    bytes.reserveCapacity(Self.size)
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: payload >> shift)) }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: request >> UInt64(shift)))
    }
    return bytes
  }

  /// Reads the header of one whole message.
  ///
  /// - Throws: `FrameError`, also when the length isn't that of the message.
  package init(of message: Span<UInt8>) throws(FrameError) {
    guard message.count >= Self.size else { throw .short }
    guard let kind = Kind(rawValue: message[0]) else { throw .unknownKind(message[0]) }
    guard message[1] == Self.version else { throw .otherVersion(message[1]) }
    self.kind = kind
    payload = (2..<6).reduce(0) { $0 << 8 | Int(message[$1]) }
    request = (6..<14).reduce(UInt64(0)) { $0 << 8 | UInt64(message[$1]) }
    guard payload == message.count - Self.size else { throw .wrongLength }
  }
}

/// Why a message is not a frame of this protocol.
package enum FrameError: Error, Equatable {
  case short
  case unknownKind(UInt8)
  case otherVersion(UInt8)
  case wrongLength
  /// A kind that this side is never sent.
  case wrongDirection
  case malformedPayload
  /// The receiver's locked memory is taken.
  case noMemory
}
