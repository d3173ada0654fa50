/// Records as postgrey 1.37 keeps them: numbers in decimal digits with commas between.
extension TripletWrite {
  /// A pair of `postgrey.db`: `FIRST,LAST`, and the host's last number after another comma where only networks count.
  ///
  /// - Returns: nil for what postgrey doesn't write.
  package init?(postgrey pair: DatabaseDump.Pair) {
    guard !pair.key.isEmpty, let (first, last) = PostgreyNumbers.read(pair.value) else { return nil }
    self.init(
      key: TripletKey(bytes: pair.key), record: TripletRecord(first: first, last: last), isAwaited: false)
  }
}

extension ClientWrite {
  /// A pair of `postgrey_clients.db`: `COUNT,LAST`.
  ///
  /// - Returns: nil for what postgrey doesn't write.
  package init?(postgrey pair: DatabaseDump.Pair) {
    guard !pair.key.isEmpty, let (count, last) = PostgreyNumbers.read(pair.value) else { return nil }
    self.init(key: ClientKey(bytes: pair.key), record: ClientRecord(count: count, last: last))
  }
}

private enum PostgreyNumbers {
  /// The first two numbers; what stands after a second comma is postgrey's memory of the host.
  static func read(_ value: [UInt8]) -> (Int64, Int64)? {
    let parts = value.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let first = number(parts[0]), let second = number(parts[1]) else { return nil }
    return (first, second)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int64(String(decoding: digits, as: UTF8.self))
  }
}
