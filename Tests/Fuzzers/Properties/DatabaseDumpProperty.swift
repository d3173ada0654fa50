import Policy

extension DecoderProperty {
  /// The reader of db_dump's output agrees with a second one however the bytes are cut, and what it makes records of
  /// are numbers within bounds.
  package static let databaseDump = DecoderProperty("DatabaseDump") { bytes in
    let expected = ReferenceDump.read(bytes)
    for size in [max(bytes.count, 1), 1 + Int(bytes.last ?? 0)] {
      let outcome = feed(bytes, by: size)
      if outcome != expected { return "in pieces of \(size) read as \(outcome), should be \(expected)" }
      for pair in outcome.pairs {
        guard let record = TripletWrite(postgrey: pair)?.record else { continue }
        let numbers = pair.value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        if numbers.count < 2 || pair.key.isEmpty { return "made a record of \(pair)" }
        if record.first < 0 || record.last > TripletRecord.most { return "\(record) is out of bounds" }
      }
    }
    return nil
  }

  fileprivate struct DumpOutcome: Equatable {
    var pairs: [DatabaseDump.Pair] = []
    var malformed = 0
    var fault: DatabaseDump.Fault?
  }

  private static func feed(_ bytes: [UInt8], by size: Int) -> DumpOutcome {
    var dump = DatabaseDump()
    var outcome = DumpOutcome()
    do throws(DatabaseDump.Fault) {
      for start in stride(from: 0, to: bytes.count, by: size) {
        outcome.pairs += try dump.read(bytes[start..<min(start + size, bytes.count)])
      }
      try dump.finish()
    } catch {
      // Pairs of the piece at fault are not told: they are nobody's.
      return DumpOutcome(fault: error)
    }
    outcome.malformed = dump.malformed
    return outcome
  }
}

/// A second reader: it splits the whole into lines.
private enum ReferenceDump {
  static func read(_ bytes: [UInt8]) -> DecoderProperty.DumpOutcome {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    lines.removeLast()
    let fault = fault(lines)
    if fault != nil { return DecoderProperty.DumpOutcome(fault: fault) }
    var outcome = DecoderProperty.DumpOutcome()
    let start = (lines.firstIndex(of: Array("HEADER=END".utf8)) ?? 0) + 1
    for place in stride(from: start, to: lines.count - 1, by: 2) {
      if let key = decode(lines[place]), let value = decode(lines[place + 1]) {
        outcome.pairs.append(DatabaseDump.Pair(key: key, value: value))
      } else {
        outcome.malformed += 1
      }
    }
    return outcome
  }

  private static func fault(_ lines: [[UInt8]]) -> DatabaseDump.Fault? {
    var header: Set<[UInt8]> = []
    var number = 0
    while !header.contains(Array("HEADER=END".utf8)) {
      guard number < lines.count else { return .cut }
      let line = lines[number]
      number += 1
      guard line.contains(UInt8(ascii: "=")), line.count <= DatabaseDump.longestLine else {
        return .unknownLine(number: number)
      }
      header.insert(line)
    }
    guard header.isSuperset(of: ["VERSION=3", "format=bytevalue"].map { Array($0.utf8) }) else {
      return .unknownFormat
    }
    var isKey = true
    while number < lines.count {
      let line = lines[number]
      number += 1
      if isKey, line == Array("DATA=END".utf8) {
        return number == lines.count ? nil : .unknownLine(number: number + 1)
      }
      guard line.first == UInt8(ascii: " ") else { return .unknownLine(number: number) }
      isKey.toggle()
    }
    return .cut
  }

  private static func decode(_ line: [UInt8]) -> [UInt8]? {
    guard line.count <= DatabaseDump.longestLine, line.count % 2 == 1 else { return nil }
    let digits = String(decoding: line.dropFirst(), as: UTF8.self)
    guard digits.utf8.count == line.count - 1 else { return nil }
    var bytes: [UInt8] = []
    var rest = digits.utf8[...]
    while !rest.isEmpty {
      guard let pair = String(rest.prefix(2)), pair.first != "+", pair.first != "-",
        let byte = UInt8(pair, radix: 16)
      else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
