import Glibc
import SystemCalls

/// Many logins at once, of which each is timed.
final class LoginBurst {
  /// So many connect before answers are read, lest the first ones' times include the last ones' connects.
  private static let stride = 50

  private var logins: [OpenLogin] = []

  /// Connects all of them, one request each.
  init(_ requests: [[UInt8]], at path: String) throws {
    try DescriptorLimit.allow(requests.count)
    for (number, request) in requests.enumerated() {
      logins.append(try OpenLogin(request, at: path))
      if number % Self.stride == 0 { read() }
    }
    read()
  }

  /// Those that have ended so far, in the order of the requests; nil for the others.
  var endings: [OpenLogin.Ending?] { logins.map(\.ending) }
  var openCount: Int { logins.count { $0.ending == nil } }

  /// Waits until all have ended.
  func settled(within limit: Duration) async throws -> [OpenLogin.Ending] {
    let end = ContinuousClock.now + limit
    while openCount > 0 {
      guard ContinuousClock.now < end else {
        throw NeverHappened(what: "\(openCount) logins end", within: limit)
      }
      // Waits in the kernel: a task that slept and looked again would blur the times.
      read(waiting: .milliseconds(20))
      await Task.yield()
    }
    return endings.compactMap(\.self)
  }

  /// Reads what there is now.
  func read() { read(waiting: .zero) }

  private func read(waiting patience: Duration) {
    let open = logins.filter { $0.ending == nil }
    var polls = open.map { pollfd(fd: $0.socket.number, events: Int16(POLLIN), revents: 0) }
    let milliseconds = Int32(patience.components.attoseconds / 1_000_000_000_000_000)
    guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return }
    for (login, poll) in zip(open, polls) where poll.revents != 0 { login.read() }
  }
}
