import CCrypt
import CSodium
import Glibc

extension PasswordHash {
  /// What comparing a password with a hash comes to.
  enum Comparison {
    case match
    case mismatch
    /// libcrypt takes the hash for malformed.
    case unusable
    /// There was no memory to compute it in.
    case failed
  }

  /// libcrypt takes this many bytes of a password, the NUL among them.
  private static let passwordRoom = Int(CRYPT_MAX_PASSPHRASE_SIZE)

  /// Hashes `password` as this hash was made, in locked memory that is wiped, and compares in constant time.
  func compare(_ password: UnsafeRawBufferPointer) -> Comparison {
    precondition(password.count < Self.passwordRoom, "a mechanism refuses longer passwords")
    let size = MemoryLayout<crypt_data>.size + Self.passwordRoom
    guard sodium_init() >= 0, let memory = sodium_malloc(size) else { return .failed }
    defer { sodium_free(memory) }
    sodium_memzero(memory, size)
    let phrase = memory + MemoryLayout<crypt_data>.size
    UnsafeMutableRawBufferPointer(start: phrase, count: password.count).copyMemory(from: password)
    errno = 0
    guard
      let output = crypt_r(
        phrase.assumingMemoryBound(to: CChar.self), text, memory.assumingMemoryBound(to: crypt_data.self))
    else { return .failed }
    // A hash never begins with an asterisk; "*0" and "*1" are libcrypt's no.
    if output.pointee == CChar(bitPattern: UInt8(ascii: "*")) { return errno == ENOMEM ? .failed : .unusable }
    let count = strlen(output)
    guard count == text.utf8.count else { return .mismatch }
    return text.withCString { sodium_memcmp(output, $0, count) == 0 } ? .match : .mismatch
  }
}
