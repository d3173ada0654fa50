/// Clients of every kind at once, and how each kind has to fare.
struct MixedBurst {
  /// A kind of client.
  enum Kind: CaseIterable, Sendable {
    case right, wrong, silent, half, leaving

    fileprivate var count: Int { self == .right ? 12 : 2 }

    fileprivate var bytes: [UInt8] {
      switch self {
      case .right, .leaving: Frame.login(WireAccount.login, WireAccount.password).bytes
      case .wrong: Frame.login(WireAccount.login, "wrong").bytes
      case .silent: []
      case .half: Array(Frame.login(WireAccount.login, WireAccount.password).bytes.dropLast(3))
      }
    }

    fileprivate var answer: MuxAnswer {
      switch self {
      case .right, .leaving: .ok
      case .wrong: .no
      case .silent, .half: .closed
      }
    }
  }

  /// Those that wait for their answers.
  private static let staying: [Kind] = Kind.allCases.filter { $0 != .leaving }.flatMap {
    Array(repeating: $0, count: $0.count)
  }

  private let burst: LoginBurst
  /// When all should have ended, by the gateway's deadline.
  let due: ContinuousClock.Instant

  /// Connects them; the leaving ones are gone when this returns.
  init(at path: String, deadline: Duration) throws {
    due = .now + deadline
    burst = try LoginBurst(Self.staying.map(\.bytes), at: path)
    for _ in 0..<Kind.leaving.count { _ = try OpenLogin(Kind.leaving.bytes, at: path) }
  }

  func read() { burst.read() }

  /// Waits for the last of them; what is not as it has to be.
  func faults() async throws -> [String] {
    let endings = try await burst.settled(within: .seconds(10))
    return zip(Self.staying, endings).filter { $0.answer != $1.answer }.map { "\($0): \($1)" }
  }
}
