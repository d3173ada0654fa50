import Credentials
import Glibc
import Settings
import SystemCalls
import TestKit
import Testing
import WorkerProtocol

/// A real postern-worker, with the test in postern-auth's place.
///
/// Root's runs as nobody with group shadow, anybody else's as himself. It ends with its owner.
final class WorkerProcess {
  /// How a worker ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(Int32)
  }

  let pid: Int32
  private let pool: SecretPool
  private let files: TemporaryDirectory
  private var socket: Descriptor?
  private var ended: Ending?
  private var lastID: UInt64 = 0

  /// Starts a worker over the services of `directory`.
  ///
  /// - Parameters:
  ///   - directory: the PAM directory.
  ///   - deadline: of a login, in seconds.
  ///   - settings: lines of `[auth]` besides those about PAM.
  ///   - rights: what the worker may do.
  /// - Throws: when it can't be started.
  init(
    _ directory: PAMDirectory, deadline: Int = 10, settings: String = #"mechanisms = "pam""#,
    rights: WorkerRights = []
  ) throws {
    files = try TemporaryDirectory()
    let configuration = try files.write(
      """
      [auth]
      pam_directory = "\(directory.path)"
      deadline = "\(deadline)s"
      \(settings)
      [run]
      local = "nobody"
      """, to: "postern.toml")
    let arguments = WorkerSettings(try Settings.load(.file(configuration)), rights: rights).arguments
    pool = try SecretPool(slots: 2, slotSize: CheckFrame.longest)
    let pair = try UnixSocket.pair()
    pid = try ChildProcess.spawn(
      path: BuiltProgram.path(of: "postern-worker"), arguments: ["postern-worker"] + arguments,
      descriptor: pair.far)
    let socket = pair.nearEnd()
    try socket.makeBlocking()
    // A worker that says nothing fails the test, it doesn't stop it.
    try UnixSocket.setPatience(30, on: socket)
    self.socket = consume socket
  }

  deinit {
    guard ended == nil else { return }
    kill(pid, SIGKILL)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
  }

  /// The next message; nil at the end of the conversation.
  func receive() throws -> WorkerMessage? {
    let bytes = try receiveBytes()
    return bytes.isEmpty ? nil : try WorkerMessage(bytes.span)
  }

  /// The next message as it came; empty at the end of the conversation.
  func receiveBytes() throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1024)
    do throws(SystemError) {
      let count = try receive(into: &buffer)
      return Array(buffer.prefix(count))
    } catch {
      // A worker that died over a check that it hadn't read.
      guard error.code == ECONNRESET else { throw error }
      return []
    }
  }

  private func receive(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    switch socket {
    case .some(let socket):
      try buffer.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
        try UnixSocket.receive(into: UnsafeMutableRawBufferPointer(buffer), from: socket).count
      }
    case nil: 0
    }
  }

  /// Sends any bytes.
  func send(_ bytes: [UInt8]) throws {
    switch socket {
    case .some(let socket):
      try bytes.withUnsafeBufferPointer { bytes throws(SystemError) in
        try UnixSocket.send(UnsafeRawBufferPointer(bytes), to: socket)
      }
    case nil: preconditionFailure("the test has hung up")
    }
  }

  /// Sends a check, and gives its id.
  @discardableResult
  func send(
    _ login: String, _ password: String, service: String = "smtp", mechanism: MechanismName = .pam
  ) throws -> UInt64 {
    lastID += 1
    let subject = LoginSubject(
      login: try #require(CountedString(login)), service: try #require(ServiceName(service)),
      realm: .empty, remote: .empty)
    let secret = pool.slot(holding: Array(password.utf8))
    var frame = pool.slot()
    CheckFrame.encode(id: lastID, mechanism: mechanism, subject: subject, password: secret, into: &frame)
    try send(frame.withBytes { Array($0) })
    return lastID
  }

  /// The answer to a check, as it has to be: nil when the conversation ended instead.
  func check(
    _ login: String = "alice", _ password: String = "geheim", service: String = "smtp",
    mechanism: MechanismName = .pam
  ) throws -> WorkerMessage.Verdict? {
    let id = try send(login, password, service: service, mechanism: mechanism)
    switch try receive() {
    case .verdict(let answer):
      #expect(answer.id == id)
      return answer
    case .hello:
      Issue.record("a second hello")
      return nil
    case nil: return nil
    }
  }

  /// Closes the test's end.
  func hangUp() { socket = nil }

  /// Waits for the worker to end by itself; one that doesn't within a minute fails the test, it doesn't stop it.
  func ending() -> Ending {
    if let ended { return ended }
    var status: Int32 = 0
    let limit = ContinuousClock.now + .seconds(60)
    while waitpid(pid, &status, WNOHANG) == 0 {
      if ContinuousClock.now > limit {
        Issue.record("the worker doesn't end")
        kill(pid, SIGKILL)
        waitpid(pid, &status, 0)
        break
      }
      // waitpid has no limit of its own.
      usleep(2000)
    }
    let signal = status & 0x7F
    let ending = signal == 0 ? Ending.exited(status >> 8 & 0xFF) : .killed(signal)
    ended = ending
    return ending
  }
}
