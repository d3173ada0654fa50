import CSodium

/// 256 bits of BLAKE2b under a key that only this process has: stands for bytes that must not be kept.
package struct KeyedDigest: Hashable, Sendable {
  private let words: (UInt64, UInt64, UInt64, UInt64)

  init(_ words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  fileprivate var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  package static func == (one: KeyedDigest, other: KeyedDigest) -> Bool {
    one.words == other.words
  }

  /// One word suffices: without the key nobody can choose it.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

/// The key of a family of digests, random at its creation, in locked memory.
package final class DigestKey {
  /// Bytes of a key.
  package static let size = 32

  private let key: Secret

  /// Takes a slot of `pool` for the key.
  ///
  /// - Returns: nil when the pool is empty or its slots are smaller than a key.
  package init?(pool: SecretPool) {
    guard pool.slotSize >= Self.size, var key = pool.take() else { return nil }
    key.append { rest in
      guard let start = rest.baseAddress else { return 0 }
      randombytes_buf(start, Self.size)
      return Self.size
    }
    self.key = key
  }

  /// The digest of `bytes`.
  package func digest(of bytes: UnsafeRawBufferPointer) -> KeyedDigest {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let result = key.withBytes { key in
      crypto_generichash(
        &words, MemoryLayout.size(ofValue: words), bytes.baseAddress, UInt64(bytes.count), key.baseAddress,
        key.count)
    }
    precondition(result == 0, "the sizes are BLAKE2b's own")
    return KeyedDigest(words)
  }

  /// The digest of another digest and what follows it.
  package func digest(of former: KeyedDigest, and bytes: [UInt8]) -> KeyedDigest {
    (former.bytes + bytes).withUnsafeBytes { digest(of: $0) }
  }
}
