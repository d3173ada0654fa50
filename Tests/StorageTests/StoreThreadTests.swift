import Dispatch
import Policy
import Synchronization
import SystemCalls
import TestKit
import Testing

@testable import Storage

@Suite(.timeLimit(.minutes(10)))
struct StoreThreadTests {
  /// A loop that has nothing else to do: it waits until the thread rings.
  private final class Bell: Sendable {
    private let rung = DispatchSemaphore(value: 0)

    func ring() { rung.signal() }

    /// Takes answers until there are so many.
    func wait(for count: Int, from thread: StoreThread) -> [StoreAnswer] {
      var answers = thread.takeAnswers()
      while answers.count < count {
        rung.wait()
        answers += thread.takeAnswers()
      }
      return answers
    }
  }

  /// A store that waits at a gate before each change, and tells how large the changes were.
  private struct GatedStore: TripletStore {
    let gate: DispatchSemaphore
    let arrived: DispatchSemaphore
    let groups: GroupSizes
    var store = MemoryTripletStore(capacity: 5000, delay: 300)

    mutating func records(for keys: GreylistKeys) -> GreylistRecords { store.records(for: keys) }

    mutating func apply(_ writes: [GreylistWrites], strangers: [Stranger]) -> [GreylistRecords?] {
      arrived.signal()
      gate.wait()
      groups.sizes.withLock { $0.append(writes.count + strangers.count) }
      return store.apply(writes, strangers: strangers)
    }

    mutating func expire(_ expiry: GreylistExpiry, most: Int) -> Int { store.expire(expiry, most: most) }
    func count() -> TripletStoreCount { store.count() }
    func triplets(after key: TripletKey?, most: Int) -> [KnownTriplet] {
      store.triplets(after: key, most: most)
    }
    func clients(after key: ClientKey?, most: Int) -> [KnownClient] { store.clients(after: key, most: most) }
    mutating func forget(
      triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix]
    ) -> TripletStoreCount {
      store.forget(triplets: triplets, clients: clients, pools: pools)
    }
    func awaitedSenders() -> AwaitedSenders { store.awaitedSenders() }
    mutating func await(_ sender: AwaitedSender, now: Int64) -> AwaitedSenders? {
      store.await(sender, now: now)
    }
  }

  private final class GroupSizes: Sendable { let sizes = Mutex<[Int]>([]) }

  /// A store whose every answer is no.
  private struct BrokenStore: TripletStore {
    let questions: Counted

    func records(for keys: GreylistKeys) throws(TripletStoreError) -> GreylistRecords { throw refuse() }
    func apply(
      _ writes: [GreylistWrites], strangers: [Stranger]
    ) throws(TripletStoreError) -> [GreylistRecords?] { throw refuse() }
    func expire(_ expiry: GreylistExpiry, most: Int) throws(TripletStoreError) -> Int { throw refuse() }
    func count() throws(TripletStoreError) -> TripletStoreCount { throw refuse() }
    func triplets(after key: TripletKey?, most: Int) throws(TripletStoreError) -> [KnownTriplet] {
      throw refuse()
    }
    func clients(after key: ClientKey?, most: Int) throws(TripletStoreError) -> [KnownClient] {
      throw refuse()
    }
    func forget(
      triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix]
    ) throws(TripletStoreError) -> TripletStoreCount { throw refuse() }
    func awaitedSenders() throws(TripletStoreError) -> AwaitedSenders { throw refuse() }
    func await(_ sender: AwaitedSender, now: Int64) throws(TripletStoreError) -> AwaitedSenders? {
      throw refuse()
    }

    private func refuse() -> TripletStoreError {
      questions.value.withLock { $0 += 1 }
      return TripletStoreError(reason: "broken")
    }
  }

  /// A store that takes nothing more.
  private struct UnwritableStore: TripletStore {
    var store = MemoryTripletStore(capacity: 100, delay: 300)

    func apply(
      _ writes: [GreylistWrites], strangers: [Stranger]
    ) throws(TripletStoreError) -> [GreylistRecords?] { throw TripletStoreError(reason: "full") }

    mutating func records(for keys: GreylistKeys) -> GreylistRecords { store.records(for: keys) }
    func expire(_ expiry: GreylistExpiry, most: Int) -> Int { 0 }
    func count() -> TripletStoreCount { store.count() }
    func triplets(after key: TripletKey?, most: Int) -> [KnownTriplet] {
      store.triplets(after: key, most: most)
    }
    func clients(after key: ClientKey?, most: Int) -> [KnownClient] { store.clients(after: key, most: most) }
    func forget(
      triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix]
    ) -> TripletStoreCount { TripletStoreCount(triplets: 0, clients: 0) }
    func awaitedSenders() -> AwaitedSenders { store.awaitedSenders() }
    func await(_ sender: AwaitedSender, now: Int64) -> AwaitedSenders? { nil }
  }

  private final class Counted: Sendable { let value = Mutex(0) }

  @Test func `an operator's questions are answered like any other`() throws {
    let bell = Bell()
    let thread = try StoreThread(open: { MemoryTripletStore(capacity: 100, delay: 300) }, ring: bell.ring)
    defer { thread.close() }
    let sender = try #require(AwaitedSender(sender: Array("b.example".utf8), recipient: nil, until: 9))
    let keys = Records.keys("a")
    let jobs: [(StoreJob, StoreAnswer.Outcome)] = [
      (.apply([Records.triplet("a", first: 1, last: 2), Records.client("a", count: 3, last: 4)]), .applied),
      (
        .triplets(after: nil, most: 5),
        .triplets([KnownTriplet(key: keys.triplet, record: TripletRecord(first: 1, last: 2))])
      ),
      (
        .clients(after: nil, most: 5),
        .clients([
          KnownClient(key: ClientKey(bytes: Array("a".utf8)), record: ClientRecord(count: 3, last: 4))
        ])
      ),
      (.awaited, .awaited(AwaitedSenders())),
      (.await(sender, now: 1), .awaited(AwaitedSenders([sender]))),
      (
        .forget(triplets: [keys.triplet], clients: [], pools: []),
        .forgotten(TripletStoreCount(triplets: 1, clients: 0))
      ),
      (.triplets(after: nil, most: 5), .triplets([])),
    ]
    for (number, (job, expected)) in jobs.enumerated() {
      try thread.submit(job, ticket: UInt64(number))
      #expect(
        bell.wait(for: 1, from: thread) == [StoreAnswer(ticket: UInt64(number), outcome: expected)])
    }
  }

  @Test func `answers come in the order of the jobs, and see what was applied before`() throws {
    let bell = Bell()
    let thread = try StoreThread(open: { MemoryTripletStore(capacity: 100, delay: 300) }, ring: bell.ring)
    defer { thread.close() }
    try thread.submit(.find(Records.keys("a")), ticket: 7)
    #expect(bell.wait(for: 1, from: thread) == [StoreAnswer(ticket: 7, outcome: .found(GreylistRecords()))])
    try thread.submit(.apply([Records.triplet("a", first: 1, last: 2)]), ticket: 8)
    try thread.submit(.find(Records.keys("a")), ticket: 9)
    try thread.submit(.count, ticket: 10)
    try thread.submit(.expire(GreylistExpiry(now: 1 << 40, rules: GreylistRules()), most: 5), ticket: 11)
    #expect(
      bell.wait(for: 4, from: thread) == [
        StoreAnswer(ticket: 8, outcome: .applied),
        StoreAnswer(
          ticket: 9, outcome: .found(GreylistRecords(triplet: TripletRecord(first: 1, last: 2)))),
        StoreAnswer(ticket: 10, outcome: .counted(TripletStoreCount(triplets: 1, clients: 0))),
        StoreAnswer(ticket: 11, outcome: .expired(1)),
      ])
  }

  @Test func `what comes while the store works is its next group, and shares one commit`() throws {
    let (bell, gate, arrived) = (Bell(), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let groups = GroupSizes()
    let thread = try StoreThread(
      open: { GatedStore(gate: gate, arrived: arrived, groups: groups) }, ring: bell.ring)
    defer { thread.close() }
    try thread.submit(.apply([Records.triplet("first", last: 1)]), ticket: 0)
    arrived.wait()
    for number in 1...50 {
      try thread.submit(.apply([Records.triplet("\(number)", last: 1)]), ticket: UInt64(number))
    }
    gate.signal()
    gate.signal()
    #expect(bell.wait(for: 51, from: thread).map(\.ticket) == Array(0...50))
    #expect(groups.sizes.withLock { $0 } == [1, 50])
  }

  @Test func `more jobs than the desk holds are refused at once, until answers are taken`() throws {
    let (bell, gate, arrived) = (Bell(), DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let thread = try StoreThread(
      limit: 3, open: { GatedStore(gate: gate, arrived: arrived, groups: GroupSizes()) }, ring: bell.ring)
    defer { thread.close() }
    for ticket in 0..<3 as Range<UInt64> {
      try thread.submit(.apply([Records.triplet("a", last: 1)]), ticket: ticket)
    }
    #expect(throws: TripletStoreError(reason: "3 requests wait for the store already")) {
      try thread.submit(.count, ticket: 3)
    }
    gate.signal()
    gate.signal()
    _ = bell.wait(for: 3, from: thread)
    try thread.submit(.count, ticket: 4)
    #expect(bell.wait(for: 1, from: thread).map(\.ticket) == [4])
  }

  @Test func `a store in trouble is asked once for reading and once for writing a group`() throws {
    let questions = Counted()
    var store = BrokenStore(questions: questions)
    let find = StoreJob.find(Records.keys("a"))
    let apply = StoreJob.apply([Records.triplet("a", last: 1)])
    let meet = StoreJob.meet(Records.stranger("a"))
    let answers = GroupOfJobs(
      jobs: [(0, find), (1, apply), (2, find), (3, .count), (4, apply), (5, meet)]
    ).perform(on: &store)
    #expect(
      answers
        == (0..<6).map { StoreAnswer(ticket: $0, outcome: .failed(TripletStoreError(reason: "broken"))) })
    #expect(questions.value.withLock { $0 } == 2)
  }

  @Test func `strangers share the commit, and are answered in their order`() throws {
    let groups = GroupSizes()
    let (gate, arrived) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    var store = GatedStore(gate: gate, arrived: arrived, groups: groups)
    gate.signal()
    let known = Records.triplet("b", first: 1, last: 2)
    let jobs: [StoreJob] = [
      .meet(Records.stranger("a")), .find(Records.keys("a")), .meet(Records.stranger("b")), .apply([known]),
      .meet(Records.stranger("c")), .meet(Records.stranger("a")),
    ]
    let answers = GroupOfJobs(jobs: jobs.enumerated().map { (UInt64($0), $1) }).perform(on: &store)
    let noted = GreylistRecords(triplet: TripletRecord(first: 9, last: 9))
    #expect(answers.map(\.ticket) == Array(0..<6))
    #expect(
      answers.map(\.outcome) == [
        .applied, .found(noted), .found(GreylistRecords(triplet: TripletRecord(first: 1, last: 2))),
        .applied, .applied, .found(noted),
      ])
    #expect(groups.sizes.withLock { $0 } == [5])
  }

  /// A stranger isn't looked up, and not noted, before somebody is forgotten who was to be forgotten before he came.
  @Test func `nothing overtakes what is to be forgotten`() throws {
    let (a, b) = (Records.keys("a"), Records.keys("b"))
    let forget = StoreJob.forget(triplets: [a.triplet, b.triplet], clients: [], pools: [])
    let known = GreylistRecords(triplet: TripletRecord(first: 1, last: 2))
    var store = MemoryTripletStore(capacity: 100, delay: 300)
    store.apply([Records.triplet("a", first: 1, last: 2)])
    let jobs: [StoreJob] = [
      .meet(Records.stranger("a")), .meet(Records.stranger("b")), forget, .find(a),
      .meet(Records.stranger("a")), .apply([Records.triplet("b", first: 3, last: 3)]), forget, forget,
      .meet(Records.stranger("b")),
    ]
    let answers = GroupOfJobs(jobs: jobs.enumerated().map { (UInt64($0), $1) }).perform(on: &store)
    func forgotten(_ count: Int) -> StoreAnswer.Outcome {
      .forgotten(TripletStoreCount(triplets: count, clients: 0))
    }
    #expect(answers.map(\.ticket) == Array(0..<9))
    #expect(
      answers.map(\.outcome) == [
        .found(known), .applied, forgotten(2),
        .found(GreylistRecords(triplet: TripletRecord(first: 9, last: 9))),
        .applied, .applied, forgotten(2), forgotten(0), .applied,
      ])
    #expect(store.count() == TripletStoreCount(triplets: 1, clients: 0))
  }

  @Test func `where nothing can be written, it is still told who is known`() throws {
    var store = UnwritableStore()
    store.store.apply([Records.triplet("b", first: 1, last: 2)])
    let jobs: [(UInt64, StoreJob)] = [
      (0, .meet(Records.stranger("a"))), (1, .apply([Records.triplet("c", last: 1)])),
      (2, .meet(Records.stranger("b"))),
    ]
    let full = TripletStoreError(reason: "full")
    #expect(
      GroupOfJobs(jobs: jobs).perform(on: &store).map(\.outcome) == [
        .failed(full), .failed(full),
        .found(GreylistRecords(triplet: TripletRecord(first: 1, last: 2))),
      ])
  }

  @Test func `whoever waits for all answers finds them, and can ask on`() throws {
    let thread = try StoreThread(open: { MemoryTripletStore(capacity: 100, delay: 300) }, ring: {})
    defer { thread.close() }
    for round in 0..<20 as Range<UInt64> {
      let tickets = Array((round * 50)..<(round * 50 + 50))
      for ticket in tickets { try thread.submit(.count, ticket: ticket) }
      thread.settle(within: .seconds(30))
      #expect(thread.takeAnswers().map(\.ticket) == tickets)
    }
    thread.settle(within: .seconds(30))
    #expect(thread.takeAnswers() == [])
  }

  @Test func `nobody waits longer than he wants to for a store that stalls`() throws {
    let (gate, arrived) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let thread = try StoreThread(
      open: { GatedStore(gate: gate, arrived: arrived, groups: GroupSizes()) }, ring: {})
    defer { thread.close() }
    try thread.submit(.apply([Records.triplet("a", last: 1)]), ticket: 1)
    thread.settle(within: .milliseconds(10))
    #expect(thread.takeAnswers() == [])
    gate.signal()
    thread.settle(within: .seconds(30))
    #expect(thread.takeAnswers().map(\.ticket) == [1])
  }

  @Test func `closing does what is on the desk first, and takes no more`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/postern.db"
    let thread = try StoreThread(open: { SQLiteTripletStore(path: path, delay: 300) }, ring: {})
    for ticket in 0..<500 as Range<UInt64> {
      try thread.submit(.apply([Records.triplet("\(ticket)", last: 1)]), ticket: ticket)
    }
    thread.close()
    thread.close()
    #expect(thread.takeAnswers() == (0..<500).map { StoreAnswer(ticket: $0, outcome: .applied) })
    #expect(throws: TripletStoreError(reason: "the store is closing")) {
      try thread.submit(.count, ticket: 0)
    }
    #expect(try SQLiteTripletStore(path: path, delay: 300).count().triplets == 500)
  }
}
