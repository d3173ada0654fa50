import EventLoop
import Testing

extension EventLoop {
  /// Runs until `condition` holds, which is expected within ten seconds.
  func run(
    _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: @escaping () -> Bool
  ) throws {
    func look() {
      if condition() { return stop() }
      schedule(after: .milliseconds(1)) { look() }
    }
    let limit = schedule(after: .seconds(10)) { [unowned self] in stop() }
    look()
    try run()
    cancel(limit)
    #expect(condition(), what, sourceLocation: sourceLocation)
  }
}
