extension ValueType<ConfiguredList> {
  /// Restrictions, each kept as it is written.
  static let restrictions = mainCf(
    "a list, whose items are restrictions as main.cf has them: one or more, with what belongs to them")

  /// A list of main.cf: an array, or the text of main.cf.
  static let mainCfList = mainCf("a list")

  /// A value of main.cf that is no list.
  static let mainCfText = ValueType(says: "a string") { node throws(Misfits) in
    ConfiguredList([try item(of: node)], line: node.line)
  } write: {
    quoted($0.text)
  }

  /// The template of a reply: its `$` are Postfix's own, not names of main.cf.
  static let mainCfTemplate = ValueType(says: "a string") { node throws(Misfits) in
    guard case .string(let text) = node.content else {
      throw Misfits("a string is expected, not \(node.kind)", line: node.line)
    }
    guard PlainText.isOne(text) else {
      throw Misfits("\(quoted(text)) has a control character in it", line: node.line)
    }
    return ConfiguredList([ConfiguredItem(text, line: node.line)], line: node.line)
  } write: {
    quoted($0.text)
  }

  /// The code of a reply that refuses, as a number or as main.cf's text.
  static let replyCode = ValueType(says: "a reply code from 400 to 599") { node throws(Misfits) in
    let text: String
    switch node.content {
    case .integer(let number): text = String(number)
    case .string(let digits): text = digits
    default: throw Misfits("a reply code from 400 to 599 is expected, not \(node.kind)", line: node.line)
    }
    guard ReplyCode.isRefusal(text) else {
      throw Misfits("\(quoted(text)) is not a reply code from 400 to 599", line: node.line)
    }
    return ConfiguredList([ConfiguredItem(text, line: node.line)], line: node.line)
  } write: {
    $0.text
  }

  /// One of main.cf's `…_tempfail_action`.
  static let tempfailAction = ValueType(says: "defer_if_permit or defer, or another parameter's") {
    node throws(Misfits) in
    let words = ["defer_if_permit", "defer", "$reject_tempfail_action"]
    guard case .string(let text) = node.content, words.contains(text) else {
      throw Misfits("one of \(words.joined(separator: ", ")) is expected", line: node.line)
    }
    return ConfiguredList([ConfiguredItem(text, line: node.line)], line: node.line)
  } write: {
    quoted($0.text)
  }

  /// More is a mistake.
  private static let mostItems = 1000

  static func mainCf(_ says: String) -> ValueType {
    ValueType(says: says) { node throws(Misfits) in
      guard case .array(let nodes) = node.content else {
        if case .string = node.content { return ConfiguredList([try item(of: node)], line: node.line) }
        throw Misfits("a list is expected, not \(node.kind)", line: node.line)
      }
      guard nodes.count <= mostItems else {
        throw Misfits("0 to \(mostItems) items are expected, not \(nodes.count)", line: node.line)
      }
      return ConfiguredList(try items(of: nodes), line: node.line)
    } write: { list in
      "[\(list.texts.map(quoted).joined(separator: ", "))]"
    }
  }

  /// All that is wrong with the items, not only the first.
  private static func items(of nodes: [TOMLNode]) throws(Misfits) -> [ConfiguredItem] {
    var items: [ConfiguredItem] = []
    var misfits: [Misfit] = []
    for node in nodes {
      do throws(Misfits) { items.append(try item(of: node)) } catch { misfits += error.all }
    }
    guard misfits.isEmpty else { throw Misfits(misfits) }
    return items
  }

  private static func item(of node: TOMLNode) throws(Misfits) -> ConfiguredItem {
    guard case .string(let text) = node.content else {
      throw Misfits("a string is expected, not \(node.kind)", line: node.line)
    }
    // A text of several lines is one of TOML's conveniences; whoever reads it takes them for blanks.
    guard PlainText.isOne(text.filter { !$0.isNewline && $0 != "\t" }) else {
      throw Misfits("\(quoted(text)) has a control character in it", line: node.line)
    }
    if let name = expansion(in: text) {
      throw Misfits(
        "\(name) is main.cf's, and expanded only there: write what it stands for", line: node.line)
    }
    return ConfiguredItem(text, line: node.line)
  }

  /// The first `$name`, `${name}` or `$(name)`, without brackets.
  ///
  /// `$1` and a `$` that ends an expression are a table's own.
  private static func expansion(in text: String) -> String? {
    var rest = text.utf8[...]
    while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
      rest = rest[dollar...].dropFirst()
      let isBracketed = rest.first.map("{(".utf8.contains) ?? false
      let name = (isBracketed ? rest.dropFirst() : rest).prefix(while: isOfName)
      guard let first = name.first, !isDigit(first) else { continue }
      let isClosed = rest[name.endIndex...].first.map("})".utf8.contains) ?? false
      if !isBracketed || isClosed { return "$\(String(Substring(name)))" }
    }
    return nil
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
