/// A list of the configuration in main.cf's own words, kept as it is written: whoever understands the words reads
/// them, and can say where the one stands that he doesn't.
package struct ConfiguredList: Equatable, Sendable {
  package var items: [ConfiguredItem]
  /// Where its key stands; nil when no file says it.
  package var line: Int?

  package init(_ items: [ConfiguredItem] = [], line: Int? = nil) {
    self.items = items
    self.line = line
  }

  /// A list that no file says.
  package init(texts: [String]) { self.init(texts.map { ConfiguredItem($0) }) }

  /// The items, each as it is written: an item may hold blanks, commas and several words.
  package var texts: [String] { items.map(\.text) }

  /// All of it, as main.cf would have it.
  package var text: String { texts.joined(separator: ", ") }

  /// Where an item stands.
  ///
  /// - Parameter item: counted from 1; 0 for the list as a whole.
  /// - Returns: the line, nil when no file says the list.
  func line(ofItem item: Int) -> Int? {
    items.indices.contains(item - 1) ? items[item - 1].line : line
  }
}

/// An item of such a list and where it stands.
package struct ConfiguredItem: Equatable, Sendable {
  package var text: String
  /// Nil when no file says it.
  package var line: Int?

  package init(_ text: String, line: Int? = nil) {
    self.text = text
    self.line = line
  }
}
