import Glibc

/// Troubles one policy service, again and again until it is told to stop.
actor Disturber {
  private let kind: Disturbance
  private let supervisor: Int32
  private let socket: String
  private var isOver = false

  /// Prepares the trouble.
  ///
  /// - Parameters:
  ///   - kind: what befalls the service.
  ///   - supervisor: its posternd's pid.
  ///   - socket: a listener of its.
  init(_ kind: Disturbance, of supervisor: Int32, at socket: String) {
    self.kind = kind
    self.supervisor = supervisor
    self.socket = socket
  }

  func end() { isOver = true }

  /// How often it came about by the end; where there was no service to trouble doesn't count.
  func run() async throws -> Int {
    var rounds = 0
    while !isOver {
      if try await troubleIt() {
        rounds += 1
      } else {
        // posternd starts another.
        try await Task.sleep(for: .milliseconds(5))
      }
    }
    return rounds
  }

  /// One round; false: there was nobody to trouble.
  private func troubleIt() async throws -> Bool {
    switch kind {
    case .killed: try await killIt()
    case .stopped: try await stopIt()
    case .flooded: try await floodIt()
    }
  }

  private func service() throws -> Int32? {
    try ProcessTable.descendants(of: supervisor).first { $0.name == "postern-policy" }?.pid
  }

  private func killIt() async throws -> Bool {
    guard let pid = try service() else { return false }
    kill(pid, SIGKILL)
    try await eventually("it is gone") { !ProcessTable.isAlive(pid) }
    return true
  }

  private func stopIt() async throws -> Bool {
    guard let pid = try service() else { return false }
    kill(pid, SIGSTOP)
    defer { kill(pid, SIGCONT) }
    // Long enough for whole logins; the trouble's own pace.
    try await Task.sleep(for: .milliseconds(500))
    return true
  }

  /// As many requests as ten sockets take, whose answers nobody reads.
  private func floodIt() async throws -> Bool {
    let requests = Array(repeating: PolicyQuestion().bytes, count: 200).flatMap(\.self)
    var clients: [PolicyClient] = []
    for _ in 0..<10 { clients.append(try PolicyClient(socket)) }
    for _ in 0..<20 {
      for client in clients { _ = client.push(requests[...]) }
      // The flood's own pace.
      try await Task.sleep(for: .milliseconds(10))
    }
    return true
  }
}

extension Gateway {
  /// Runs `body` while the policy service is troubled.
  ///
  /// - Returns: how often it was.
  func disturbed(by kind: Disturbance, _ body: () async throws -> Void) async throws -> Int {
    let disturber = Disturber(kind, of: process.pid, at: policySocket("recipient"))
    async let rounds = disturber.run()
    do {
      try await body()
    } catch {
      await disturber.end()
      _ = try await rounds
      throw error
    }
    await disturber.end()
    return try await rounds
  }
}
