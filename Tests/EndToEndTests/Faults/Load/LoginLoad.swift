/// Many logins at once, every second one with a wrong password.
actor LoginLoad {
  /// How they ended.
  struct Outcome: Equatable, Sendable {
    var accepted = 0
    var refused = 0
    /// Closed without an answer.
    var undecided = 0
    /// What may not be: right passwords refused, wrong ones accepted, and anything that is no answer.
    var wrong: [String] = []

    fileprivate mutating func count(_ answer: MuxAnswer, isRight: Bool) {
      switch answer {
      case .ok where isRight: accepted += 1
      case .no where !isRight: refused += 1
      case .closed: undecided += 1
      default: wrong.append("\(isRight ? "right" : "wrong") password: \(answer)")
      }
    }
  }

  private static let parallel = 8

  private let socket: String
  private var outcome = Outcome()
  private(set) var isDone = false
  private var order: [Bool]

  /// Prepares the logins.
  ///
  /// - Parameters:
  ///   - socket: where they go.
  ///   - count: how many there are.
  ///   - seed: of the order in which right and wrong passwords come.
  init(at socket: String, count: Int, seed: UInt64) {
    self.socket = socket
    var state = seed
    order = (0..<count).map { _ in
      // Knuth's MMIX generator: any mixture does, as long as the seed brings it back.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 40 & 1 == 0
    }
  }

  /// Runs all of them to their ends.
  func run() async throws -> Outcome {
    defer { isDone = true }
    try await withThrowingTaskGroup { group in
      for _ in 0..<Self.parallel { group.addTask { try await self.work() } }
      try await group.waitForAll()
    }
    return outcome
  }

  private func work() async throws {
    while let isRight = next() {
      let answer = try await Self.login(at: socket, isRight: isRight)
      outcome.count(answer, isRight: isRight)
    }
  }

  private func next() -> Bool? { order.popLast() }

  /// One login and its answer.
  nonisolated static func login(at socket: String, isRight: Bool) async throws -> MuxAnswer {
    let client = try MuxClient(socket)
    let password = isRight ? WireAccount.password : "wrong"
    try client.send(Frame.login(WireAccount.login, password).bytes)
    return try await client.answer()
  }
}
