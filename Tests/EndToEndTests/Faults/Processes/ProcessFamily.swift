/// The processes of one running posternd.
struct ProcessFamily: Equatable {
  var supervisor: Int32
  var front: Int32
  var workers: [Int32]

  var all: [Int32] { [supervisor, front] + workers }

  /// Those below `supervisor`; nil while postern-auth or a worker is missing.
  init?(below supervisor: Int32, workers count: Int) throws {
    let children = try ProcessTable.children(of: supervisor)
    let workers = children.filter { $0.name == "postern-worker" }.map(\.pid).sorted()
    guard let front = children.first(where: { $0.name == "postern-auth" }), workers.count == count else {
      return nil
    }
    self.supervisor = supervisor
    self.front = front.pid
    self.workers = workers
  }

  /// Waits until all of them are there.
  static func complete(
    below supervisor: Int32, workers count: Int, within limit: Duration = .patience
  ) async throws -> ProcessFamily {
    var family: ProcessFamily?
    try await eventually("postern-auth and \(count) workers run", within: limit) {
      family = try ProcessFamily(below: supervisor, workers: count)
      return family != nil
    }
    guard let family else { throw NeverHappened(what: "a family", within: limit) }
    return family
  }
}
