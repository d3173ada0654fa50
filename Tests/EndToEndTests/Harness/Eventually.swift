/// Something that had to come about, and didn't in its time.
struct NeverHappened: Error, CustomStringConvertible {
  var what: String
  var within: Duration
  var description: String { "\(what): not within \(within)" }
}

/// Waits for a state of the world outside: a socket, a file, a process.
///
/// Nobody tells us when another program is ready, so the condition is asked again and again until it holds.
func eventually(
  _ what: String, within limit: Duration = .seconds(15), _ condition: () throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try !condition() {
    guard ContinuousClock.now < end else { throw NeverHappened(what: what, within: limit) }
    try await Task.sleep(for: .milliseconds(5))
  }
}
