import CSodium
import Glibc

/// Locked memory for passwords: one allocation, cut into slots of one size.
///
/// The memory is libsodium's: guard pages around it, kept out of swap and core dumps. Not for more than one
/// thread. A pool that is empty gives nil; there is no unlocked memory to fall back to.
package final class SecretPool {
  /// What `init` can fail with.
  package enum Failure: Error { case cannotLock(bytes: Int, errno: Int32) }

  /// Bytes that one slot holds.
  package let slotSize: Int
  private let memory: UnsafeMutableRawPointer
  private var free: [Int]

  /// Allocates and locks `slots × slotSize` bytes.
  package init(slots: Int, slotSize: Int) throws(Failure) {
    let size = slots * slotSize
    guard sodium_init() >= 0, let memory = sodium_malloc(size) else {
      throw .cannotLock(bytes: size, errno: errno)
    }
    // sodium_malloc goes on when mlock fails; a password in swap is what we don't go on with.
    guard sodium_mlock(memory, size) == 0 else {
      let code = errno
      sodium_free(memory)
      throw .cannotLock(bytes: size, errno: code)
    }
    sodium_memzero(memory, size)
    self.slotSize = slotSize
    self.memory = memory
    free = Array((0..<slots).reversed())
  }

  deinit { sodium_free(memory) }

  /// An empty secret, or nil when every slot is taken.
  package func take() -> Secret? {
    guard let slot = free.popLast() else { return nil }
    return Secret(pool: self, slot: slot)
  }

  /// How many slots are free.
  package var available: Int { free.count }

  fileprivate func address(of slot: Int) -> UnsafeMutableRawPointer {
    memory + slot * slotSize
  }

  fileprivate func giveBack(_ slot: Int) {
    sodium_memzero(address(of: slot), slotSize)
    free.append(slot)
  }
}

/// Bytes that nobody may print, copy or find later: a password, or a request that holds one.
///
/// Lives in a slot of a `SecretPool`; wiped when its owner drops it. It has no description.
package struct Secret: ~Copyable {
  private let pool: SecretPool
  private let slot: Int
  package private(set) var count = 0

  fileprivate init(pool: SecretPool, slot: Int) {
    self.pool = pool
    self.slot = slot
  }

  deinit { pool.giveBack(slot) }

  package var capacity: Int { pool.slotSize }

  /// The bytes, for as long as `body` runs.
  package borrowing func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeRawBufferPointer(start: pool.address(of: slot), count: count))
  }

  /// The bytes as a bounds-checked view, for decoders.
  package borrowing func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withBytes { bytes throws(Failure) in
      try body(bytes.assumingMemoryBound(to: UInt8.self).span)
    }
  }

  /// Appends what `body` writes into the free rest of the slot; it returns how many bytes those are.
  package mutating func append<Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    let rest = UnsafeMutableRawBufferPointer(
      start: pool.address(of: slot) + count, count: capacity - count)
    let written = try body(rest)
    precondition(written >= 0 && written <= rest.count, "more was written than there is room for")
    count += written
  }

  /// Appends a copy of `bytes`; false, and nothing is changed, when they don't fit.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= capacity - count else { return false }
    append { rest in
      rest.copyMemory(from: bytes)
      return bytes.count
    }
    return true
  }

  /// Wipes the slot and starts again with no bytes.
  package mutating func clear() {
    sodium_memzero(pool.address(of: slot), capacity)
    count = 0
  }
}
