import EventLoop

/// Name servers that know the same, and which of them is asked first.
///
/// That is the first as written, since the others may know less (a public one that blocklists refuse). When it has been
/// silent for some time its turn comes last, and after a minute it gets another chance: a dead one must not cost every
/// lookup its timeout.
///
/// A server that looks names up elsewhere is silent, too, when those it asks are: that says nothing about it as long as
/// it answers others.
final class ServerGroup {
  /// So many questions in a row, none of which was followed by any reply within its time.
  static let mostSilences = 8
  static let rest: Duration = .seconds(60)

  let attempts: Int
  private let channels: [NameServerChannel]
  private let loop: EventLoop
  private var preferred = 0
  private var silences = 0
  /// How many replies the preferred one had had by the last of these.
  private var repliesThen = 0
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
    if preferred != 0, loop.now >= returns { prefer(0) }
    return preferred
  }

  /// The server with this number, counted round and round.
  func channel(_ number: Int) -> NameServerChannel { channels[number % channels.count] }

  /// A question got no answer from the server with this number, which had had so many replies when it was sent.
  func missed(_ number: Int, repliesBefore: Int) {
    let replies = channel(number).replies
    guard number % channels.count == preferred, replies == repliesBefore else { return }
    silences = replies == repliesThen ? silences + 1 : 1
    repliesThen = replies
    if silences < Self.mostSilences { return }
    prefer((preferred + 1) % channels.count)
    returns = loop.now + Self.rest
  }

  private func prefer(_ number: Int) {
    preferred = number
    silences = 0
  }
}
