import TestKit
import Testing

@testable import Credentials

@Suite struct SecretPoolTests {
  private func bytes(_ secret: borrowing Secret) -> [UInt8] { secret.withBytes { Array($0) } }

  @Test func `A secret gives back what was put in, in order`() throws {
    var secret = try SecretPool(slots: 1, slotSize: 8).slot()
    #expect([1, 2, 3].withUnsafeBytes { secret.append(UnsafeRawBufferPointer(rebasing: $0[..<8])) })
    #expect(secret.count == 8)
    #expect(![UInt8(1)].withUnsafeBytes { secret.append($0) }, "what doesn't fit changes nothing")
    #expect(secret.count == 8)
  }

  @Test func `A dropped secret leaves zeros in the slot that the next one gets`() throws {
    let pool = try SecretPool(slots: 1, slotSize: 8)
    do {
      var secret = pool.slot()
      #expect([UInt8](repeating: 0xAA, count: 8).withUnsafeBytes { secret.append($0) })
      #expect(pool.available == 0)
    }
    #expect(pool.available == 1)
    var next = pool.slot()
    #expect(next.count == 0)
    next.append { rest in
      #expect(rest.allSatisfy { $0 == 0 })
      return rest.count
    }
  }

  @Test func `Clearing wipes the slot`() throws {
    var secret = try SecretPool(slots: 1, slotSize: 4).slot()
    #expect([UInt8](repeating: 7, count: 4).withUnsafeBytes { secret.append($0) })
    secret.clear()
    secret.append { $0.count }
    #expect(bytes(secret) == [0, 0, 0, 0])
  }

  @Test func `An empty pool gives nothing`() throws {
    let pool = try SecretPool(slots: 1, slotSize: 4)
    let first = pool.slot()
    #expect(pool.available == 0)
    let second = pool.take()
    let isEmpty = second == nil
    #expect(isEmpty)
    #expect(first.count == 0)
  }

  @Test func `Memory that can't be locked is an error`() {
    #expect(throws: SecretPool.Failure.self) { _ = try SecretPool(slots: 1 << 20, slotSize: 1 << 20) }
  }
}
