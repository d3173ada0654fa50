import Glibc
import SystemCalls

/// Connections that say nothing; those that the daemon ends are made anew.
struct SilentClients: ~Copyable {
  /// How many are made at a time, so that the logins beside them aren't held up by it.
  private static let burst = 50
  /// How long a daemon may take to accept all of them.
  private static let patience = Duration.seconds(1)

  private let address: MuxAddress
  private let wanted: Int
  private var sockets: [pollfd] = []

  /// How many connections are open; less than wanted when the daemon's backlog is full.
  var count: Int { sockets.count }

  init(_ wanted: Int, at address: MuxAddress) throws(SystemError) {
    self.address = address
    self.wanted = wanted
    let end = ContinuousClock.now + Self.patience
    while sockets.count < wanted, ContinuousClock.now < end {
      let before = sockets.count
      try connect()
      if sockets.count == before { usleep(1000) }
    }
  }

  deinit { for socket in sockets { close(socket.fd) } }

  /// Makes those anew that the daemon has ended.
  mutating func renew() throws(SystemError) {
    guard wanted > 0 else { return }
    if poll(&sockets, nfds_t(sockets.count), 0) > 0 {
      for socket in sockets where socket.revents != 0 { close(socket.fd) }
      sockets.removeAll { $0.revents != 0 }
    }
    try connect()
  }

  private mutating func connect() throws(SystemError) {
    for _ in 0..<min(Self.burst, wanted - sockets.count) {
      guard let number = try address.connect() else { return }
      sockets.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
    }
  }
}
