extension ValueType {
  /// A list of `item`: an array, or one string with commas or blanks between the items, as in main.cf.
  static func list<Item>(of item: ValueType<Item>, _ counts: ClosedRange<Int>) -> ValueType<[Item]> {
    ValueType<[Item]>(says: "a list; each item \(item.says)") { node throws(Misfits) in
      let items = try read(items(of: node), as: item)
      guard counts.contains(items.count) else {
        let bounds = "\(counts.lowerBound) to \(counts.upperBound)"
        throw Misfits("\(bounds) items are expected, not \(items.count)", line: node.line)
      }
      return items
    } write: { items in
      "[\(items.map(item.write).joined(separator: ", "))]"
    }
  }

  private static func items(of node: TOMLNode) throws(Misfits) -> [TOMLNode] {
    switch node.content {
    case .array(let items): return items
    case .string(let text):
      return
        text
        .split { $0 == "," || $0.isWhitespace }
        .map { TOMLNode(content: .string(String($0)), line: node.line) }
    default: throw Misfits("a list is expected, not \(node.kind)", line: node.line)
    }
  }

  /// All that is wrong with the items, not only the first.
  private static func read<Item>(
    _ nodes: [TOMLNode], as item: ValueType<Item>
  ) throws(Misfits) -> [Item] {
    var values: [Item] = []
    var misfits: [Misfit] = []
    for node in nodes {
      do throws(Misfits) {
        let value = try item.read(node)
        if values.contains(value) { throw Misfits("\(item.write(value)) is given twice", line: node.line) }
        values.append(value)
      } catch {
        misfits += error.all
      }
    }
    guard misfits.isEmpty else { throw Misfits(misfits) }
    return values
  }
}
