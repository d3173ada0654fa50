import Glibc
import SystemCalls

/// One measurement: clients that ask until the time is over or the logins are.
///
/// One thread polls all connections. Per login that is a connect, a send, a read and a close, and a share of
/// one poll; with the few connections that are under way at a time, epoll would cost a call more for each.
struct LoadRun {
  /// When it ends; what is nil doesn't end it.
  struct Bounds {
    var time: Duration?
    var count: Int?
    /// How long an answer is waited for.
    var patience: Duration
  }

  /// How often connections are looked at that have nothing to say.
  private static let interval = Duration.milliseconds(100)

  private let address: MuxAddress
  private let bounds: Bounds
  private var foreground: LoginSeries
  private var others: LoginSeries
  /// The clients that are measured come first.
  private let measured: Int
  private var clients: [LoadClient]
  private var polls: [pollfd]
  private var tally = LoadTally()
  private var otherTally = LoadTally()
  private var asked = 0
  private var elapsed = Duration.zero
  private var cpu = Duration.zero

  init(
    address: MuxAddress, bounds: Bounds, foreground: LoginSeries, clients: Int, others: LoginSeries,
    otherClients: Int
  ) {
    self.address = address
    self.bounds = bounds
    self.foreground = foreground
    self.others = others
    measured = clients
    let start = ContinuousClock.now
    let total = clients + otherClients
    self.clients = Array(repeating: LoadClient(began: start), count: total)
    polls = Array(repeating: pollfd(fd: -1, events: Int16(POLLIN), revents: 0), count: total)
  }

  /// The figures as key=value.
  var report: [String] {
    let other = polls.count > measured ? otherTally.report(over: elapsed, prefix: "background_") : []
    return ["seconds=\(LoadTally.text(elapsed / .seconds(1)))"] + tally.report(over: elapsed)
      + ["generator_cpu_us=\(LoadTally.text(cpu / .microseconds(1) / Double(max(tally.count, 1))))"] + other
  }

  /// Runs to the end; `silent` is kept at its number meanwhile.
  mutating func run(beside silent: inout SilentClients) throws(SystemError) {
    let cpuBefore = Self.processTime
    // The others are under way before the first login is measured.
    let start = ContinuousClock.now
    for index in clients.indices.reversed() {
      clients[index].leave(now: start)
      try ask(index)
    }
    var nextLook = start + Self.interval
    var now = start
    while !isOver(now - start) {
      let ready = poll(&polls, nfds_t(polls.count), patience)
      now = .now
      if ready > 0 { try attend(now) }
      try askWaiting()
      guard now >= nextLook else { continue }
      nextLook = now + Self.interval
      giveUp(now)
      try silent.renew()
    }
    elapsed = now - start
    cpu = Self.processTime - cpuBefore
    for index in clients.indices { clients[index].leave(now: now) }
  }

  private func isOver(_ elapsed: Duration) -> Bool {
    if let time = bounds.time, elapsed >= time { return true }
    if let count = bounds.count, tally.count >= count { return true }
    return false
  }

  /// Milliseconds: short while a client waits for room in the backlog.
  private var patience: Int32 {
    clients.indices.contains { !clients[$0].isConnected && mayAsk($0) } ? 1 : 100
  }

  private func mayAsk(_ index: Int) -> Bool {
    guard index < measured, let count = bounds.count else { return true }
    return asked < count
  }

  private mutating func attend(_ now: ContinuousClock.Instant) throws(SystemError) {
    for index in polls.indices where polls[index].revents != 0 {
      guard let ending = clients[index].read() else { continue }
      // The clock again: the answers of one poll are read one after the other.
      try end(index, ending, now: .now)
    }
  }

  private mutating func end(
    _ index: Int, _ ending: LoadTally.Ending, now: ContinuousClock.Instant
  ) throws(SystemError) {
    count(index, ending, after: now - clients[index].began)
    clients[index].leave(now: now)
    polls[index].fd = -1
    try ask(index)
  }

  private mutating func count(_ index: Int, _ ending: LoadTally.Ending, after time: Duration) {
    if index < measured { tally.add(ending, after: time) } else { otherTally.add(ending, after: time) }
  }

  private mutating func ask(_ index: Int) throws(SystemError) {
    guard mayAsk(index), let socket = try address.connect() else { return }
    polls[index].fd = socket
    if index < measured {
      asked += 1
      foreground.withNext { clients[index].ask($0, over: socket) }
    } else {
      others.withNext { clients[index].ask($0, over: socket) }
    }
  }

  private mutating func askWaiting() throws(SystemError) {
    for index in clients.indices where !clients[index].isConnected { try ask(index) }
  }

  private mutating func giveUp(_ now: ContinuousClock.Instant) {
    for index in clients.indices
    where now - clients[index].began >= bounds.patience && (clients[index].isConnected || mayAsk(index)) {
      count(index, .unanswered, after: bounds.patience)
      clients[index].leave(now: now)
      polls[index].fd = -1
    }
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
