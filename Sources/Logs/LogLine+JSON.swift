extension LogLine {
  /// The line as one JSON object, in at most `longest` bytes.
  ///
  /// A key that occurs twice keeps its first value; values that don't fit are left out, and `"cut":true` says so.
  ///
  /// - Parameter leading: members before `event`; they are ours and short.
  /// - Returns: UTF-8, without a line break.
  func json(leading: [LogField]) -> [UInt8] {
    let event = LogField(key: "event", value: Array(words.utf8), form: .text)
    let members = leading + [event] + fields
    return object(of: members, limit: Self.valueLimits.usual)
      ?? cutObject(of: members, limit: Self.valueLimits.crowded)
  }

  private func object(of members: [LogField], limit: Int) -> [UInt8]? {
    var keys: Set<String> = []
    let body = members.filter { keys.insert($0.key).inserted }.map { $0.json(limit: limit) }
      .joined(separator: [UInt8(ascii: ",")])
    let object = [UInt8(ascii: "{")] + body + [UInt8(ascii: "}")]
    return object.count <= Self.longest ? object : nil
  }

  private func cutObject(of members: [LogField], limit: Int) -> [UInt8] {
    let cut = LogField(key: "cut", value: Array("true".utf8), form: .number)
    for count in stride(from: members.count, to: 0, by: -1) {
      let kept = members.prefix(count)
      if let object = object(of: count == members.count ? members : kept + [cut], limit: limit) {
        return object
      }
    }
    return Array("{}".utf8)
  }
}

extension LogField {
  fileprivate func json(limit: Int) -> [UInt8] {
    let name = Array("\"\(key)\":".utf8)
    if form == .number { return name + value }
    return name + [UInt8(ascii: "\"")] + Notation.json.escaped(value, limit: limit) + [UInt8(ascii: "\"")]
  }
}
