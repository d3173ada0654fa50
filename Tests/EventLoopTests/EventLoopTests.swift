import Glibc
import SystemCalls
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(10))) struct EventLoopTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop()
  }

  @Test func `ten thousand timers all run, in order, at their time or later`() throws {
    var ran: [Int] = []
    var early = 0
    let start = loop.now
    for index in 0..<10_000 {
      let time = start + .microseconds(index % 100 * 200)
      loop.schedule(at: time) { [loop] in
        if loop.now < time { early += 1 }
        ran.append(index)
        if ran.count == 10_000 { loop.stop() }
      }
    }
    try loop.run()
    #expect(early == 0)
    let isInOrder = ran == (0..<10_000).sorted { ($0 % 100, $0) < ($1 % 100, $1) }
    #expect(isInOrder)
  }

  @Test func `a timer that schedules itself for now keeps nobody out`() throws {
    let (ours, peer) = SocketEnd.pair()
    var turns = 0
    func again() {
      turns += 1
      if turns == 100 { peer.write([1]) }
      loop.schedule(at: loop.now - .seconds(1)) { again() }
    }
    again()
    var late = false
    loop.schedule(after: .milliseconds(1)) { late = true }
    let watch = try loop.watch(ours.number, for: .readable) { [loop] _ in if late { loop.stop() } }
    try loop.run()
    #expect(turns >= 100)
    watch.cancel()
  }

  @Test func `a loop with nothing to do takes no time`() throws {
    loop.schedule(after: .milliseconds(200)) { [loop] in loop.stop() }
    loop.schedule(after: .seconds(3_000_000)) {}
    let before = threadTime()
    try loop.run()
    #expect(threadTime() - before < .milliseconds(100))
  }

  @Test func `stop before run ends it at once`() throws {
    loop.stop()
    try loop.run()
  }

  @Test func `a watch that is cancelled in the batch is not called for its event`() throws {
    let (first, firstPeer) = SocketEnd.pair()
    let (second, secondPeer) = SocketEnd.pair()
    var watches: [Watch] = []
    var calls = 0
    for number in [first.number, second.number] {
      watches.append(
        try loop.watch(number, for: .readable) { [loop] _ in
          calls += 1
          watches.forEach { $0.cancel() }
          loop.schedule(after: .zero) { loop.stop() }
        })
    }
    firstPeer.write([1])
    secondPeer.write([1])
    try loop.run()
    #expect(calls == 1)
  }

  @Test func `a descriptor's number that is used again doesn't get its predecessor's event`() throws {
    let ends = [SocketEnd.pair(), SocketEnd.pair()]
    let silent = SocketEnd.pair()
    var watches: [Watch] = []
    var calls = 0
    for (ours, _) in ends {
      let watch = try loop.watch(ours.number, for: .readable) { [loop] _ in
        calls += 1
        guard let victim = ends.first(where: { $0.0 !== ours })?.0.number else { return }
        watches.forEach { $0.cancel() }
        // Closes the victim, and opens its number again with nothing to read.
        dup2(silent.0.number, victim)
        let successor = try? loop.watch(victim, for: .readable) { _ in calls += 100 }
        loop.schedule(after: .milliseconds(2)) {
          successor?.cancel()
          loop.stop()
        }
      }
      watches.append(watch)
    }
    ends.forEach { $0.1.write("x") }
    try loop.run()
    #expect(calls == 1)
  }

  @Test(arguments: [([1], true), ([], false)] as [([UInt8], Bool)])
  func `a watch waits for what it was told last`(sent: [UInt8], isCalled: Bool) throws {
    let (ours, peer) = SocketEnd.pair()
    var seen: [Readiness] = []
    let watch = try loop.watch(ours.number, for: []) { seen.append($0) }
    try watch.modify(.writable)
    try watch.modify(.readable)
    peer.write(sent)
    loop.schedule(after: .milliseconds(2)) { [loop] in loop.stop() }
    try loop.run()
    #expect(seen.isEmpty != isCalled)
    #expect(seen.allSatisfy { $0 == .readable })
    watch.cancel()
  }

  @Test func `a watch for nothing isn't told of a hang-up either`() throws {
    let (ours, peer) = SocketEnd.pair()
    var seen: [Readiness] = []
    let watch = try loop.watch(ours.number, for: .readable) { seen.append($0) }
    try watch.modify([])
    peer.close()
    let before = threadTime()
    loop.schedule(after: .milliseconds(100)) { [loop] in loop.stop() }
    try loop.run()
    #expect(seen.isEmpty)
    #expect(threadTime() - before < .milliseconds(50))
    watch.cancel()
  }

  @Test func `a hang-up is told as one`() throws {
    let (ours, peer) = SocketEnd.pair()
    var seen: Readiness = []
    let watch = try loop.watch(ours.number, for: .readable) { [loop] readiness in
      seen = readiness
      loop.stop()
    }
    peer.close()
    try loop.run()
    #expect(seen == [.readable, .hungUp])
    watch.cancel()
  }

  @Test func `rings from other threads arrive`() throws {
    let wakeUp = loop.wakeUp
    var count = 0
    loop.onWakeUp = { [loop] in
      count += 1
      if count == 3 { loop.stop() } else { onThread { wakeUp.ring() } }
    }
    onThread { wakeUp.ring() }
    try loop.run()
    #expect(count == 3)
  }

  @Test func `rings before the loop listens become one`() throws {
    var count = 0
    loop.onWakeUp = { count += 1 }
    for _ in 0..<10 { loop.wakeUp.ring() }
    loop.schedule(after: .milliseconds(2)) { [loop] in loop.stop() }
    try loop.run()
    #expect(count == 1)
  }

  @Test func `signals are events`() throws {
    var seen: [Int32] = []
    let signals = try loop.watchSignals([SIGHUP, SIGUSR1]) { [loop] signal in
      seen.append(signal)
      if seen.count == 2 { loop.stop() }
    }
    raise(SIGUSR1)
    raise(SIGHUP)
    try loop.run()
    #expect(seen.sorted() == [SIGHUP, SIGUSR1].sorted())
    signals.cancel()
  }

  @Test func `a plain file can't be watched`() throws {
    let number = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    defer { close(number) }
    #expect(throws: SystemError("epoll_ctl", code: EPERM)) {
      try loop.watch(number, for: .readable) { _ in }
    }
  }

  @Test func `a descriptor closed before its watch is cancelled is a fault of ours`() async {
    await #expect(processExitsWith: .failure) {
      let loop = try EventLoop()
      let (ours, _) = SocketEnd.pair()
      let watch = try loop.watch(ours.number, for: .readable) { _ in }
      ours.close()
      watch.cancel()
    }
  }
}
