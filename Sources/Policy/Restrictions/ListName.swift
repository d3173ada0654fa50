/// The name of a restriction list: of a listener's own, or of one that lists can call.
package struct ListName: Hashable, Sendable, CustomStringConvertible, Comparable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (left: ListName, right: ListName) -> Bool { left.text < right.text }
}
