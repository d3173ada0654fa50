import Credentials
import Synchronization
import WorkerProtocol

extension DecoderProperty {
  /// A check that is read is written in the same bytes again; what is refused isn't one; no slot is lost.
  package static let checkFrame = DecoderProperty("CheckFrame") { bytes in
    pool.withLock { pool in
      guard let pool else { return "no locked memory" }
      let free = pool.available
      let violation = judge(bytes, pool)
      return pool.available == free ? violation : "\(free - pool.available) slots are lost"
    }
  }

  /// One slot for a password, one for a frame; nil when memory can't be locked.
  private static let pool: Mutex<SecretPool?> = {
    do {
      return Mutex(try SecretPool(slots: 2, slotSize: CheckFrame.longest))
    } catch {
      return Mutex(nil)
    }
  }()

  private static func judge(_ bytes: [UInt8], _ pool: SecretPool) -> String? {
    let canonical = ReferenceCheckFrame.canonical(bytes)
    do throws(FrameError) {
      let check = try CheckFrame.decode(bytes.span, pool: pool)
      guard let canonical else { return "check \(check.id) out of bytes that are none" }
      guard var written = pool.take() else { return "no slot to write into" }
      CheckFrame.encode(
        id: check.id, mechanism: check.mechanism,
        subject: LoginSubject(
          login: check.request.login, service: check.request.service, realm: check.request.realm,
          remote: check.request.remote),
        password: check.request.password, into: &written)
      let isSame = written.withBytes { $0.elementsEqual(canonical) }
      return isSame ? nil : "check \(check.id) is written in other bytes"
    } catch {
      return canonical == nil ? nil : "a check is refused: \(error)"
    }
  }
}

/// A second reader of check frames, which only tells whether bytes are one.
private enum ReferenceCheckFrame {
  /// The frame as our own encoder writes it, the service in small letters; nil for what is no check.
  static func canonical(_ bytes: [UInt8]) -> [UInt8]? {
    let mechanisms: ClosedRange<UInt8> = 0xD1...0xD3
    guard bytes.count > 14, bytes[0] == 0x3C, bytes[1] == 1, mechanisms.contains(bytes[14]),
      bytes[2...5].elementsEqual(bigEndian(bytes.count - 14))
    else { return nil }
    var rest = bytes[15...]
    var fields: [ArraySlice<UInt8>] = []
    for most in [256, 256, 256, 256, 8192] {
      guard rest.count >= 2 else { return nil }
      let count = Int(rest.removeFirst()) * 256 + Int(rest.removeFirst())
      guard count <= most, count <= rest.count else { return nil }
      fields.append(rest.prefix(count))
      rest.removeFirst(count)
    }
    guard rest.isEmpty, fields.allSatisfy({ !$0.contains(0) }), !fields[0].isEmpty, !fields[4].isEmpty,
      isService(fields[1])
    else { return nil }
    var canonical = bytes
    for index in fields[1].indices where letters.contains(bytes[index]) { canonical[index] |= 0x20 }
    return canonical
  }

  private static let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let serviceBytes = letters.union("0123456789_-.".utf8)

  private static func isService(_ name: ArraySlice<UInt8>) -> Bool {
    !name.isEmpty && serviceBytes.isSuperset(of: name) && name.first != UInt8(ascii: ".")
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
