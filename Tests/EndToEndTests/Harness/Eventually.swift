/// Something that had to come about, and didn't in its time.
struct NeverHappened: Error, CustomStringConvertible {
  var what: String
  var within: Duration
  var description: String { "\(what): not within \(within)" }
}

extension Duration {
  /// How long a test waits for what has to come: no measure of anything, and enough for a machine with much to do.
  static let patience = Duration.seconds(60)
}

/// Waits for a state of the world outside: a socket, a file, a process, an answer.
///
/// Nobody tells us when another program is ready, so the condition is asked again and again until it holds.
func eventually(
  _ what: String, within limit: Duration = .patience, _ condition: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < end else { throw NeverHappened(what: what, within: limit) }
    try await Task.sleep(for: .milliseconds(5))
  }
}
