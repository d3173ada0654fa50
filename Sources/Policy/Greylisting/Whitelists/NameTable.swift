import MailTypes

/// Names in small letters, which are hashed from their ends: one pass over a text finds which of its ends are names.
///
/// The operator's own, so that nobody can choose them for their hashes; asking allocates nothing.
struct NameTable: Sendable {
  /// By place, as many as a power of two; no hash is 0, which is a free place.
  private var hashes: [UInt64] = []
  private var names: [[UInt8]] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// The hash of an end of a text, byte by byte from the last one on: FNV-1a.
  struct EndHash {
    private var bits: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Takes the byte before those that it has, in small letters.
    mutating func take(_ byte: UInt8) { bits = (bits ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The upper half decides about the place as well, into which FNV mixes best.
    fileprivate var value: UInt64 { max(bits ^ bits >> 32, 1) }
  }

  mutating func insert(_ name: some Sequence<UInt8>) {
    let name = name.lowercasedASCII
    if contains(name[...]) { return }
    if 2 * (count + 1) > hashes.count { grow() }
    put(name)
    count += 1
  }

  /// Whether `text`, in whatever letters, is one of the names.
  func contains(_ text: ArraySlice<UInt8>) -> Bool {
    if isEmpty { return false }
    return contains(text, hash: Self.hash(text))
  }

  /// Whether `text`, in whatever letters, is one of the names, where its hash is known.
  func contains(_ text: ArraySlice<UInt8>, hash: EndHash) -> Bool {
    if isEmpty { return false }
    var place = place(of: hash.value)
    while hashes[place] != 0 {
      if hashes[place] == hash.value, isSame(names[place], text) { return true }
      place = (place + 1) & (hashes.count - 1)
    }
    return false
  }

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (hashes.count - 1) }

  private func isSame(_ name: [UInt8], _ text: ArraySlice<UInt8>) -> Bool {
    name.count == text.count && zip(name, text).allSatisfy { $0 == $1.lowercasedASCII }
  }

  private static func hash(_ text: ArraySlice<UInt8>) -> EndHash {
    var hash = EndHash()
    for byte in text.reversed() { hash.take(byte.lowercasedASCII) }
    return hash
  }

  private mutating func grow() {
    let before = zip(hashes, names).filter { $0.0 != 0 }.map(\.1)
    hashes = Array(repeating: 0, count: max(16, 2 * hashes.count))
    names = Array(repeating: [], count: hashes.count)
    for name in before { put(name) }
  }

  private mutating func put(_ name: [UInt8]) {
    let hash = Self.hash(name[...]).value
    var place = place(of: hash)
    while hashes[place] != 0 { place = (place + 1) & (hashes.count - 1) }
    hashes[place] = hash
    names[place] = name
  }
}
