import Testing

@testable import Policy

/// Ours beside postgrey's, request by request: reply, log and database, byte for byte.
struct RecordedDialogueTests {
  @Test(arguments: ["defaults", "chance", "by-host", "narrow", "privacy"])
  func `we answer, log and keep what postgrey does`(name: String) throws {
    let recording = try Recording(name)
    let greylist = try recording.greylist()
    var store = KeptTriplets()
    var instances = RecentInstances()
    for step in recording.steps {
      let request = try Self.request(step)
      let decision: GreylistDecision
      switch greylist.open(request) {
      case .decided(let decided): decision = decided
      case .needs(let keys, let attempt):
        decision = greylist.decide(
          attempt, store.records(for: keys), now: WallTime(seconds: step.at), instances: &instances)
      }
      store.apply([decision.writes])
      let reply = Self.undated(PolicyReply(decision.action).bytes, at: step.at)
      #expect(try reply == Self.expectedReply(step), "\(step)")
      #expect(decision.log.map { Recording.text($0.text) } == step.log, "\(step)")
    }
    #expect(store.database == recording.database)
  }

  private static func request(_ step: Recording.Step) throws -> PolicyRequest {
    var frame = Array("request=smtpd_access_policy\n".utf8)
    for (name, value) in step.given {
      frame += Array("\(name)=".utf8) + Recording.bytes(value) + [UInt8(ascii: "\n")]
    }
    return try RequestText.request(frame + [UInt8(ascii: "\n")])
  }

  /// postgrey's reply with its text mended, which is a difference that is kept: Postfix answers 451 to what isn't
  /// UTF-8, and cuts at 510 bytes.
  private static func expectedReply(_ step: Recording.Step) throws -> String {
    let value = step.reply.dropFirst("action=".count).dropLast(2)
    let words = value.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return step.reply }
    let text = try #require(ReplyText(Recording.bytes(String(words[1]))))
    return "action=\(words[0]) \(Recording.text(text.bytes))\n\n"
  }

  private static func undated(_ reply: [UInt8], at seconds: Int64) -> String {
    Recording.text(reply).replacing(WallTime(seconds: seconds).date, with: "DATE")
  }
}

/// A store that keeps everything, to be compared with postgrey's databases.
private struct KeptTriplets {
  var triplets: [TripletKey: TripletRecord] = [:]
  var clients: [ClientKey: ClientRecord] = [:]

  func records(for keys: GreylistKeys) -> GreylistRecords {
    GreylistRecords(triplet: triplets[keys.triplet], client: keys.client.flatMap { clients[$0] })
  }

  mutating func apply(_ writes: [GreylistWrites]) {
    for write in writes {
      if let triplet = write.triplet { triplets[triplet.key] = triplet.record }
      if let client = write.client { clients[client.key] = client.record }
    }
  }

  var database: Recording.Database {
    var database = Recording.Database(triplets: [:], clients: [:])
    for (key, record) in triplets {
      database.triplets[Recording.text(key.bytes)] = "\(record.first),\(record.last)"
    }
    for (key, record) in clients {
      database.clients[Recording.text(key.bytes)] = "\(record.count),\(record.last)"
    }
    return database
  }
}
