/// What the operator's tool asks a service: one line, answered by lines and the end of the connection.
package enum OperatorRequest: String, CaseIterable, Sendable {
  case status

  /// The longest line that a service reads, bytes.
  package static let longest = 1024

  /// The line with its end.
  package var line: String { rawValue + "\n" }

  /// Nil for what isn't a request; `line` comes without its end.
  package init?(line: String) { self.init(rawValue: line) }
}
