/// The version of the messages between supervisor and service; both are of one release.
enum ControlVersion {
  static let current: UInt8 = 1

  /// What follows the kind and the version.
  static func body(of message: [UInt8]) throws(ControlError) -> ArraySlice<UInt8> {
    guard message.count >= 2 else { throw .malformed }
    guard message[1] == current else { throw .otherVersion(message[1]) }
    return message[2...]
  }
}

/// Why a message is not of this protocol.
package enum ControlError: Error, Equatable {
  case malformed
  case otherVersion(UInt8)
}

/// A worker's slot and incarnation as they stand in a message: one byte and four, big-endian.
struct WorkerPlace: Equatable {
  static let size = 5

  let slot: Int
  let incarnation: UInt32

  init(slot: Int, incarnation: UInt32) {
    precondition((0...255).contains(slot), "a slot is a byte")
    self.slot = slot
    self.incarnation = incarnation
  }

  init(_ body: ArraySlice<UInt8>) {
    slot = Int(body[body.startIndex])
    incarnation = BigEndian.number(body.dropFirst())
  }

  var encoded: [UInt8] {
    [UInt8(slot)] + BigEndian.bytes(incarnation)
  }
}

/// A number of four bytes in a message.
enum BigEndian {
  static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
  }

  static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}
