import Authentication

/// The open connections, and among those that have not sent a whole request the oldest.
struct LoginConnections {
  private var open: [RequestID: LoginConnection] = [:]
  /// In the order of arrival; those that have been read or closed are skipped when their turn comes.
  private var readers: [RequestID] = []
  private var firstReader = 0

  var count: Int { open.count }
  var all: [LoginConnection] { Array(open.values) }
  subscript(id: RequestID) -> LoginConnection? { open[id] }

  mutating func insert(_ connection: LoginConnection) {
    open[connection.id] = connection
    if connection.stage == .reading { readers.append(connection.id) }
  }

  mutating func remove(_ id: RequestID) -> LoginConnection? { open.removeValue(forKey: id) }

  /// The connection that has been silent, or half said, longest.
  mutating func oldestReader(where matches: (LoginConnection) -> Bool) -> LoginConnection? {
    dropFinishedReaders()
    for id in readers[firstReader...] {
      guard let connection = open[id], connection.stage == .reading else { continue }
      if matches(connection) { return connection }
    }
    return nil
  }

  private mutating func dropFinishedReaders() {
    while firstReader < readers.count {
      if open[readers[firstReader]]?.stage == .reading { break }
      firstReader += 1
    }
    if firstReader * 2 > readers.count {
      readers.removeFirst(firstReader)
      firstReader = 0
    }
  }
}
