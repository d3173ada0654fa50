import CLinux
import Glibc
import SystemCalls

/// One measurement: connections that ask until the time is over or the answers are there.
///
/// One thread waits for all of them; an answer costs a read, a send and a share of a wait.
final class PolicyRun {
  /// When it ends; what is nil doesn't end it.
  struct Bounds {
    var time: Duration?
    var count: Int?
    /// How long an answer is waited for.
    var patience: Duration
  }

  /// How often connections are looked at that have nothing to say.
  private static let interval = Duration.milliseconds(100)

  private let bounds: Bounds
  private let clients: [PolicyClient]
  private let epoll: Descriptor
  private var tally = PolicyTally()
  private var asked = 0
  private var elapsed = Duration.zero
  private var cpu = Duration.zero

  /// Makes the connections.
  init(address: PolicyAddress, connections: Int, bounds: Bounds) throws(SystemError) {
    self.bounds = bounds
    epoll = Descriptor(owning: try retrying("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
    var clients: [PolicyClient] = []
    for index in 0..<connections {
      let client = PolicyClient(try address.connect())
      var event = epoll_event()
      event.events = EPOLLIN.rawValue
      event.data.u64 = UInt64(index)
      let (waiter, number) = (epoll.number, client.number)
      try retrying("epoll_ctl") { epoll_ctl(waiter, EPOLL_CTL_ADD, number, &event) }
      clients.append(client)
    }
    self.clients = clients
  }

  /// Whether somebody has to come again.
  var hasDeferred: Bool { tally.count(.deferred) > 0 }

  /// The figures as key=value.
  var report: [String] {
    ["seconds=\(PolicyTally.text(elapsed / .seconds(1)))"] + tally.report(over: elapsed)
      + ["generator_cpu_us=\(PolicyTally.text(cpu / .microseconds(1) / Double(max(tally.answers, 1))))"]
  }

  /// Runs to the end: of a number of answers all are waited for.
  func run(_ series: inout RequestSeries) throws(SystemError) {
    let cpuBefore = Self.processTime
    let start = ContinuousClock.now
    for client in clients { ask(client, &series, now: start) }
    var nextLook = start + Self.interval
    var now = start
    try withEvents { events throws(SystemError) in
      while !isOver(now - start) {
        let ready = epoll_wait(epoll.number, events.baseAddress, Int32(events.count), 100)
        if ready < 0, errno != EINTR { throw SystemError("epoll_wait") }
        for event in events.prefix(Int(max(ready, 0))) {
          read(clients[Int(event.data.u64)], &series)
        }
        now = .now
        guard now >= nextLook else { continue }
        nextLook = now + Self.interval
        giveUp(now)
      }
    }
    elapsed = now - start
    cpu = Self.processTime - cpuBefore
  }

  private func withEvents(
    _ body: (UnsafeMutableBufferPointer<epoll_event>) throws(SystemError) -> Void
  ) throws(SystemError) {
    let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: clients.count)
    defer { events.deallocate() }
    try body(events)
  }

  private func isOver(_ elapsed: Duration) -> Bool {
    if let time = bounds.time, elapsed >= time { return true }
    if let count = bounds.count, tally.ended >= count { return true }
    // All connections are closed.
    return tally.closed + tally.unanswered >= clients.count
  }

  private func ask(_ client: PolicyClient, _ series: inout RequestSeries, now: ContinuousClock.Instant) {
    if let count = bounds.count, asked >= count { return }
    asked += 1
    client.ask(&series, now: now)
  }

  private func read(_ client: PolicyClient, _ series: inout RequestSeries) {
    switch client.read() {
    case .nothing: return
    case .closed:
      if client.isWaiting { tally.closed += 1 }
      leave(client)
    case .answer(let answer):
      // The clock again: the answers of one wait are read one after the other.
      let now = ContinuousClock.now
      tally.add(answer, after: now - client.began)
      ask(client, &series, now: now)
    }
  }

  private func giveUp(_ now: ContinuousClock.Instant) {
    for client in clients where client.isWaiting && now - client.began >= bounds.patience {
      tally.unanswered += 1
      leave(client)
    }
  }

  /// The connection isn't asked again.
  private func leave(_ client: PolicyClient) {
    client.isWaiting = false
    _ = epoll_ctl(epoll.number, EPOLL_CTL_DEL, client.number, nil)
  }

  /// What this process has used of the processors.
  private static var processTime: Duration {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return .zero }
    return [usage.ru_utime, usage.ru_stime].reduce(.zero) {
      $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec)
    }
  }
}
