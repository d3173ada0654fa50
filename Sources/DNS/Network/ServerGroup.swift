import EventLoop

/// Name servers that know the same, and which of them is asked first.
///
/// That is the first as written, since the others may know less (a public one that blocklists refuse). When it has been
/// silent for some time its turn comes last, and after a minute it gets another chance: a dead one must not cost every
/// lookup its timeout.
final class ServerGroup {
  /// So many questions without one reply between them.
  static let mostSilences = 8
  static let rest: Duration = .seconds(60)

  let attempts: Int
  private let channels: [NameServerChannel]
  private let loop: EventLoop
  private var preferred = 0
  private var silences = 0
  private var returns: ContinuousClock.Instant

  init(_ servers: [ServerAddress], settings: ResolverSettings, loop: EventLoop) throws(ResolverError) {
    var channels: [NameServerChannel] = []
    for server in servers {
      channels.append(try NameServerChannel(server, timeout: settings.timeout, loop: loop))
    }
    self.channels = channels
    self.loop = loop
    attempts = max(settings.attempts, 1)
    returns = loop.now
  }

  var count: Int { channels.count }

  /// The number of the server to begin with.
  var first: Int {
    if preferred != 0, loop.now >= returns { preferred = 0 }
    return preferred
  }

  /// The server with this number, counted round and round.
  func channel(_ number: Int) -> NameServerChannel { channels[number % channels.count] }

  /// One of the servers has said something, and if only that it can't help.
  func heard(from number: Int) {
    if number % channels.count == preferred { silences = 0 }
  }

  func heardNothing(from number: Int) {
    guard number % channels.count == preferred else { return }
    silences += 1
    if silences < Self.mostSilences { return }
    silences = 0
    preferred = (preferred + 1) % channels.count
    returns = loop.now + Self.rest
  }
}
