import Glibc
import SystemCalls
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(10))) struct ListenerTests {
  /// A path for a socket, in a directory of its own that goes with the value.
  private struct Place: ~Copyable {
    private let directory: String
    var path: String { "\(directory)/socket" }

    init() {
      var template = Array("/tmp/postern-listener-XXXXXX".utf8CString)
      precondition(mkdtemp(&template) != nil)
      directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
      unlink(path)
      rmdir(directory)
    }
  }

  private let loop: EventLoop

  init() throws {
    loop = try EventLoop()
  }

  @Test func `a connection's first bytes can be read as soon as it is accepted`() throws {
    let place = Place()
    let socket = try UnixSocket.listen(at: place.path, backlog: 8)
    let client = try UnixSocket.connect(to: place.path)
    send(client.number, "hello", 5, 0)
    var seen: [UInt8] = []
    let listener = try Listener(socket, on: loop) { [loop] connection in
      var buffer = [UInt8](repeating: 0, count: 16)
      let count = read(connection.number, &buffer, 16)
      seen = Array(buffer.prefix(max(0, count)))
      loop.stop()
    } troubled: { _ in
    }
    try loop.run()
    listener.close()
    #expect(seen == Array("hello".utf8))
  }

  @Test func `an owner that pauses gets no more, even of the same burst, until it resumes`() throws {
    let place = Place()
    let socket = try UnixSocket.listen(at: place.path, backlog: 8)
    let clients = try Clients(5, of: place.path)
    var counts = [0]
    var listener: Listener?
    listener = try Listener(socket, on: loop) { [loop] _ in
      counts[counts.count - 1] += 1
      if counts.reduce(0, +) == 5 { loop.stop() }
      guard counts.last == 2 else { return }
      listener?.pause()
      loop.schedule(after: .milliseconds(2)) {
        counts.append(0)
        listener?.resume()
      }
    } troubled: { _ in
    }
    try loop.run()
    listener?.close()
    #expect(counts == [2, 2, 1])
    _ = clients
  }

  @Test func `others get their turn between two bursts`() throws {
    let place = Place()
    let socket = try UnixSocket.listen(at: place.path, backlog: 200)
    let clients = try Clients(150, of: place.path)
    var accepted = 0
    var atTimer: [Int] = []
    func tick() {
      atTimer.append(accepted)
      if accepted == 150 { loop.stop() } else { loop.schedule(after: .zero) { tick() } }
    }
    let listener = try Listener(socket, on: loop) { _ in
      accepted += 1
    } troubled: { _ in
    }
    tick()
    try loop.run()
    listener.close()
    #expect(atTimer.contains(64) && atTimer.contains(128))
    _ = clients
  }

  @Test func `close ends it, and the socket is gone`() throws {
    let place = Place()
    let listener = try Listener(UnixSocket.listen(at: place.path, backlog: 8), on: loop) { _ in
    } troubled: { _ in
    }
    listener.pause()
    listener.close()
    listener.resume()
    // A child of the test runner may hold the socket between its fork and its exec.
    #expect(throws: SystemError("connect \(place.path)", code: ECONNREFUSED)) {
      while true { _ = try UnixSocket.connect(to: place.path) }
    }
  }

  /// In a process of its own, since the limit is the process's.
  @Test func `without descriptors it rests, says so once, leaves one free, and goes on by itself`() async {
    await #expect(processExitsWith: .success) {
      let loop = try EventLoop()
      let place = Place()
      let socket = try UnixSocket.listen(at: place.path, backlog: 30)
      let clients = try Clients(20, of: place.path)
      var accepted = 0
      var acceptedWithoutNumbers = 0
      var fillers: [Int32] = []
      var troubles: [SystemError] = []
      var freeAtTrouble: Int32 = -1
      let listener = try Listener(socket, on: loop) { connection in
        accepted += 1
        // The test runner's threads may still close some of theirs: their numbers are taken like the others.
        if !fillers.isEmpty { fillers.append(connection.release()) }
        if accepted == 20 { loop.stop() }
      } troubled: { error in
        troubles.append(error)
        freeAtTrouble = dup(2)
        close(freeAtTrouble)
      }
      var limit = rlimit(rlim_cur: 64, rlim_max: 64)
      precondition(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
      while case let filler = dup(2), filler >= 0 { fillers.append(filler) }
      let before = threadTime()
      loop.schedule(after: .milliseconds(350)) {
        acceptedWithoutNumbers = accepted
        fillers.forEach { close($0) }
        fillers = []
      }
      try loop.run()
      precondition(troubles == [SystemError("accept", code: EMFILE)])
      precondition(freeAtTrouble >= 0)
      precondition(acceptedWithoutNumbers < 10)
      precondition(threadTime() - before < .milliseconds(175))
      listener.close()
      _ = clients
    }
  }

  /// Connections that are open for as long as the value lives.
  private final class Clients {
    private let numbers: [Int32]

    init(_ count: Int, of path: String) throws(SystemError) {
      var numbers: [Int32] = []
      for _ in 0..<count { numbers.append(try UnixSocket.connect(to: path).release()) }
      self.numbers = numbers
    }

    deinit { numbers.forEach { Glibc.close($0) } }
  }
}
