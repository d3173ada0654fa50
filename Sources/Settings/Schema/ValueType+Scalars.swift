extension ValueType<Bool> {
  static let boolean = ValueType(says: "true or false") { node throws(Misfits) in
    guard case .boolean(let value) = node.content else {
      throw Misfits("true or false is expected, not \(node.kind)", line: node.line)
    }
    return value
  } write: {
    String($0)
  }
}

extension ValueType where Value: FixedWidthInteger {
  static func number(_ range: ClosedRange<Value>) -> ValueType {
    let says = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return ValueType(says: says) { node throws(Misfits) in
      guard case .integer(let number) = node.content else {
        throw Misfits("\(says) is expected, not \(node.kind)", line: node.line)
      }
      guard let value = Value(exactly: number), range.contains(value) else {
        throw Misfits("\(number) is not \(says)", line: node.line)
      }
      return value
    } write: {
      String($0)
    }
  }
}

extension ValueType<Duration> {
  /// A time in Postfix's notation, or a bare number of seconds.
  static func time(_ range: ClosedRange<Duration>) -> ValueType {
    let bounds = "\(PostfixTime.format(range.lowerBound)) to \(PostfixTime.format(range.upperBound))"
    return time(range, says: "a time from \(bounds)")
  }

  static func time(_ range: ClosedRange<Duration>, says: String) -> ValueType {
    ValueType(says: says) { node throws(Misfits) in
      let text: String
      switch node.content {
      case .string(let value): text = value
      case .integer(let value): text = String(value)
      default: throw Misfits("\(says) is expected, not \(node.kind)", line: node.line)
      }
      guard let time = PostfixTime.parse(text) else {
        throw Misfits("\(quoted(text)) is no time such as 10s, 5m, 2h, 1d or 1w", line: node.line)
      }
      guard range.contains(time) else { throw Misfits("\(text) is not \(says)", line: node.line) }
      return time
    } write: {
      quoted(PostfixTime.format($0))
    }
  }
}

extension ValueType<UInt32> {
  /// Permission bits, as chmod takes them.
  static let fileMode = text("a file mode such as \"0660\"") { text in
    guard (3...4).contains(text.count), text.allSatisfy({ ("0"..."7").contains($0) }),
      let mode = UInt32(text, radix: 8), mode <= 0o777
    else { return nil }
    return mode
  } write: { mode in
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}

extension ValueType where Value: RawRepresentable<String> & CaseIterable {
  /// One of the words of an enumeration.
  static func word() -> ValueType {
    let words = Value.allCases.map(\.rawValue)
    return text("one of \(words.joined(separator: ", "))", candidates: words) {
      Value(rawValue: $0)
    } write: {
      $0.rawValue
    }
  }
}
