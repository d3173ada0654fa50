import Glibc
import Testing

@testable import Credentials

@Suite struct CountedStringTests {
  @Test func `256 bytes are a name, 257 are not, and neither is one with NUL`() {
    #expect(CountedString([UInt8](repeating: 0xFF, count: 256)) != nil)
    #expect(CountedString([UInt8](repeating: 0xFF, count: 257)) == nil)
    #expect(CountedString([65, 0, 66]) == nil)
  }

  @Test func `Bytes reach C unchanged, UTF-8 or not`() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC3]
    let string = try #require(CountedString(bytes))
    let seen = string.withCString { pointer in (0..<strlen(pointer)).map { UInt8(bitPattern: pointer[$0]) } }
    #expect(seen == bytes)
  }
}
