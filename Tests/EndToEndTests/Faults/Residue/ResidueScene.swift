/// A gateway whose processes are searched for the canary.
struct ResidueScene {
  /// How long the service imap sleeps in a check.
  static let sleep = Duration.seconds(2)
  private static let workers = 2

  let run: RunDirectory
  let sleeper: SleepingStack
  let gateway: Gateway

  /// Starts a gateway in a directory of its own.
  init() async throws {
    run = try RunDirectory()
    let sleeper = try await SleepingStack(
      in: run, login: Canary.login, seconds: Int(Self.sleep.components.seconds))
    self.sleeper = sleeper
    gateway = try await Gateway(
      .posternd, in: run, at: try run.make("saslauthd"),
      options: .init(workers: Self.workers, deadline: "3s")
    ) { try Canary.add(to: $0, sleeper) }
  }

  /// Its processes, once all are there.
  func family() async throws -> ProcessFamily {
    try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
  }

  /// One login with the canary.
  func login(
    _ login: String = Canary.login, password: String = Canary.password, service: String = "smtp",
    realm: String = ""
  ) async throws -> MuxAnswer {
    try await gateway.login(login, password: password, service: service, realm: realm)
  }

  /// The bytes of a login with the canary.
  static func request(service: String) -> [UInt8] {
    Frame.login(Canary.login, Canary.password, service: service).bytes
  }
}
