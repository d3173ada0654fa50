import Testing

@testable import MailTypes

struct ByteKeysTests {
  /// Of every length around the words that are compared at once, and with the difference at every place.
  @Test(arguments: Array(0..<34))
  func `pieces are the same when all their bytes are`(count: Int) {
    let piece = (0..<count).map { UInt8($0) }
    #expect(piece.isSamePiece(as: piece.map { $0 }))
    #expect(!piece.isSamePiece(as: piece + [0]))
    for place in 0..<count {
      var other = piece
      other[place] ^= 0x80
      #expect(!piece.isSamePiece(as: other))
      #expect(!other.isSamePiece(as: piece))
    }
  }

  @Test func `the same pieces have the same hash, and others have others`() {
    func hash(_ pieces: [UInt8]...) -> Int {
      var hasher = Hasher()
      for piece in pieces { hasher.combine(piece: piece) }
      return hasher.finalize()
    }
    #expect(hash([1, 2, 3]) == hash([1, 2, 3]))
    #expect(hash([1, 2, 3]) != hash([1, 2, 4]))
    #expect(hash([1, 2], [3]) != hash([1], [2, 3]))
  }
}
