import Control
import EventLoop
import Policy
import Settings
import TestKit
import Testing

@testable import PolicyService
@testable import Storage

@Suite(.timeLimit(.minutes(10)))
struct GreylisterTests {
  private let directory: TemporaryDirectory
  private let loop: EventLoop
  private let greylister: Greylister

  init() throws {
    directory = try TemporaryDirectory()
    loop = try EventLoop()
    greylister = try Greylister(
      GreylistSettings(), store: directory.path + "/postern.db", loop: loop, log: { _ in })
  }

  /// Named as one large sender's.
  @Test(arguments: [true, false])
  func `who is forgotten is forgotten with his pool`(byName: Bool) throws {
    for network in 1...3 { greylister.answer(try PolicyRequest.test(from: "192.0.\(network).1")) { _ in } }
    #expect(stats["pools"] == 1 && stats["triplets_waiting"] == 3)
    let name = GreylistRequest.TripletName(
      client: Array("192.0.2.9".utf8), sender: Array("a@b.example".utf8),
      recipient: Array("u@lab.example".utf8))
    greylister.answer(byName ? .forget(name) : .forgetClient(name.client)) { _ in }
    for _ in 0..<3 { greylister.desk.settle() }
    #expect(stats["pools"] == 0 && stats["triplets_waiting"] == 2)
    greylister.close()
  }

  /// The first line of `stats`.
  private var stats: [String: Int64] {
    var text = ""
    for _ in 0..<3 { greylister.desk.settle() }
    greylister.answer(.stats) { text = $0 }
    for _ in 0..<3 { greylister.desk.settle() }
    let fields = text.prefix { $0 != "\n" }.split(separator: " ").dropFirst().map { $0.split(separator: "=") }
    return fields.reduce(into: [:]) { $0[String($1[0])] = Int64($1[1]) }
  }

  /// He came before this process did.
  @Test func `who is in the store is no stranger`() throws {
    let request = try PolicyRequest.test(from: "192.0.2.1")
    guard case .needs(let keys, _) = greylister.greylist.open(request) else {
      Issue.record("the store isn't asked")
      return
    }
    let came = WallTime.now.seconds - greylister.greylist.rules.delay - 10
    let record = TripletRecord(first: came, last: came)
    greylister.desk.ask(
      .apply([GreylistWrites(triplet: TripletWrite(key: keys.triplet, record: record, isAwaited: true))])
    ) { #expect($0 == .applied) }
    var reasons: [GreylistReason?] = []
    greylister.answer(request) { reasons.append($0?.reason) }
    greylister.answer(try PolicyRequest.test(from: "198.51.100.1")) { reasons.append($0?.reason) }
    for _ in 0..<3 { greylister.desk.settle() }
    #expect(reasons == [.tripletFound, .new])
    #expect(stats["triplets_waiting"] == 1 && stats["triplets_passed"] == 1)
    greylister.close()
  }

  /// Also for the first request of all, before the store has said anything.
  @Test func `awaited mail of a former process passes`() throws {
    greylister.answer(.allow(sender: Array("b.example".utf8), recipient: nil, seconds: 60)) { _ in }
    for _ in 0..<3 { greylister.desk.settle() }
    greylister.close()
    let next = try Greylister(
      GreylistSettings(), store: directory.path + "/postern.db", loop: loop, log: { _ in })
    var reasons: [GreylistReason?] = []
    next.answer(try PolicyRequest.test(from: "192.0.2.1")) { reasons.append($0?.reason) }
    for _ in 0..<3 { next.desk.settle() }
    #expect(reasons == [.awaited])
    next.close()
  }

  @Test func `two requests for one new triplet at once are both put off, and make one record`() throws {
    var actions: [PolicyAction?] = []
    for _ in 0..<2 {
      greylister.answer(try PolicyRequest.test(from: "192.0.2.1")) { actions.append($0?.action) }
    }
    for _ in 0..<3 { greylister.desk.settle() }
    #expect(actions.count == 2)
    for action in actions {
      guard case .deferIfPermit? = action else {
        Issue.record("\(String(describing: action))")
        continue
      }
    }
    #expect(stats["triplets_waiting"] == 1)
    greylister.close()
  }

  @Test func `where nothing can be written a stranger passes, and is told so once`() throws {
    // With the first question the file is there.
    #expect(stats["triplets_waiting"] == 0)
    let other = try Database(path: directory.path + "/postern.db", patience: 5000)
    try other.beginWriting()
    var opinions: [GreylistOpinion?] = []
    greylister.answer(try PolicyRequest.test(from: "192.0.2.1")) { opinions.append($0) }
    for _ in 0..<3 { greylister.desk.settle() }
    #expect(opinions == [nil] && greylister.trouble.skipped == 1)
    other.rollBack()
    greylister.close()
  }

  @Test func `strangers who wait for the store when it is closed don't pass`() throws {
    var actions: [PolicyAction?] = []
    for number in 1...50 {
      greylister.answer(try PolicyRequest.test(from: "192.0.\(number).1")) { actions.append($0?.action) }
    }
    greylister.close()
    #expect(actions.count == 50)
    for action in actions {
      guard case .deferIfPermit? = action else {
        Issue.record("\(String(describing: action))")
        continue
      }
    }
    #expect(greylister.trouble.skipped == 0)
  }
}
