import Testing

@testable import Policy

struct DatabaseDumpTests {
  private static let header = "VERSION=3\nformat=bytevalue\ntype=btree\ndb_pagesize=4096\nHEADER=END\n"

  private static func pairs(_ text: String, by size: Int? = nil) throws -> (pairs: [String], malformed: Int) {
    var dump = DatabaseDump()
    var pairs: [DatabaseDump.Pair] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      pairs += try dump.read(rest.prefix(size ?? rest.count))
      rest = rest.dropFirst(size ?? rest.count)
    }
    try dump.finish()
    return (
      pairs.map { String(decoding: $0.key, as: UTF8.self) + ":" + String(decoding: $0.value, as: UTF8.self) },
      dump.malformed
    )
  }

  @Test(arguments: [1, 2, 7, 1000]) func `keys and values are read however the pieces fall`(size: Int) throws
  {
    let text = Self.header + " 612f62\n 312c32\n \n 6B\n  \n 6b\nDATA=END\n"
    #expect(try Self.pairs(text, by: size) == (["a/b:1,2", ":k"], 1))
  }

  @Test func `an empty database has no pairs`() throws {
    #expect(try Self.pairs(Self.header + "DATA=END\n") == ([], 0))
  }

  @Test(arguments: [
    " 6\n 61", " 6g\n 61", " 61\n 6", " 61\n zz", " " + String(repeating: "61", count: 8192) + "\n 61",
  ])
  func `a pair that can't be used is counted, and the next one read`(pair: String) throws {
    #expect(try Self.pairs(Self.header + pair + "\n 62\n 63\nDATA=END\n") == (["b:c"], 1))
  }

  @Test(arguments: [
    ("", DatabaseDump.Fault.cut), (header, .cut), (header + " 61\n", .cut), (header + " 61\n 62\n", .cut),
    ("hello\n", .unknownLine(number: 1)), ("VERSION=3\nHEADER=END\nDATA=END\n", .unknownFormat),
    ("VERSION=2\nformat=bytevalue\nHEADER=END\nDATA=END\n", .unknownFormat),
    ("VERSION=3\nformat=print\nHEADER=END\nDATA=END\n", .unknownFormat),
    (header + "61\n", .unknownLine(number: 6)), (header + " 61\nDATA=END\n", .unknownLine(number: 7)),
    (header + "DATA=END\nVERSION=3\n", .unknownLine(number: 7)),
  ])
  func `what is no dump, or not all of one, is an error`(text: String, fault: DatabaseDump.Fault) {
    #expect(throws: fault) { try Self.pairs(text) }
  }
}

struct PostgreyPairTests {
  private static func pair(_ key: String, _ value: String) -> DatabaseDump.Pair {
    DatabaseDump.Pair(key: Array(key.utf8), value: Array(value.utf8))
  }

  @Test(
    arguments: [
      ("1700000000,1700000400", 1_700_000_000, 1_700_000_400), ("1,2,77", 1, 2), ("1,2,", 1, 2),
      ("0,0", 0, 0), ("9223372036854775807,9223372036854775807", TripletRecord.most, TripletRecord.most),
    ] as [(String, Int64, Int64)])
  func `records are read as postgrey writes them`(value: String, first: Int64, last: Int64) {
    let pair = Self.pair("192.0.2.0/a@b/u@lab", value)
    #expect(
      TripletWrite(postgrey: pair)
        == TripletWrite(
          key: TripletKey(bytes: pair.key), record: TripletRecord(first: first, last: last), isAwaited: false)
    )
    #expect(
      ClientWrite(postgrey: pair)
        == ClientWrite(key: ClientKey(bytes: pair.key), record: ClientRecord(count: first, last: last)))
  }

  @Test(arguments: [
    "", ",", "1", "1,", ",1", "a,1", "1,b", "-1,2", "1 ,2", "1.5,2", "+1,2", "9223372036854775808,1", "1;2",
  ])
  func `anything else is none`(value: String) {
    #expect(TripletWrite(postgrey: Self.pair("k", value)) == nil)
    #expect(ClientWrite(postgrey: Self.pair("k", value)) == nil)
  }

  @Test func `a key is not empty`() {
    #expect(TripletWrite(postgrey: Self.pair("", "1,2")) == nil)
    #expect(ClientWrite(postgrey: Self.pair("", "1,2")) == nil)
  }
}
