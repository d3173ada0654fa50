/// Clients that log in again as soon as they have their answer.
struct LoginCrowd: Sendable {
  private let size: Int
  private let socket: String

  init(of size: Int, at socket: String) {
    self.size = size
    self.socket = socket
  }

  /// How all their logins ended, each of which began within `time`.
  func logIn(for time: Duration) async throws -> [MuxAnswer] {
    let end = ContinuousClock.now + time
    return try await withThrowingTaskGroup(of: [MuxAnswer].self) { [socket] group in
      for _ in 0..<size {
        group.addTask {
          var answers: [MuxAnswer] = []
          while ContinuousClock.now < end {
            answers.append(try await LoginLoad.login(at: socket, isRight: true))
          }
          return answers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
