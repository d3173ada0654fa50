import MailTypes
import Policy
import TestKit
import Testing

@testable import OperatorTool

/// What is asked of which list, and what its answers come to.
struct ListingTests {
  private static func zone(
    _ name: String, domains: Bool = false, blocks: Bool = true, shown: String? = nil
  ) throws -> ConsultedZone {
    let restriction = domains ? "reject_rhsbl_sender" : blocks ? "reject_rbl_client" : "permit_dnswl_client"
    return try ConsultedZone.asked(by: "\(restriction) \(name)", shownAs: shown)
  }

  private static func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  private static func codes(_ texts: String...) throws -> DNSAnswer {
    .records(try texts.map { .address(try address($0)) })
  }

  /// What was asked, one set a round, and the listings.
  private static func listings(
    of subjects: [String], in zones: [ConsultedZone], _ answers: [DNSQuestion: DNSAnswer]
  ) throws -> (rounds: [Set<String>], listings: [Listing]) {
    var rounds: [Set<String>] = []
    let listings = Listing.all(of: try subjects.map { try #require(ListingSubject($0)) }, in: zones) {
      asked in
      rounds.append(Set(asked.map(\.description)))
      return asked.reduce(into: [:]) {
        $0[$1] = Inquiry.Reply(answer: answers[$1] ?? .noName, elapsed: .milliseconds(7))
      }
    }
    return (rounds, listings)
  }

  @Test func `all is asked at once, and then the reasons of those who list it`() throws {
    let zones = [
      try Self.zone("one.example"), try Self.zone("two.example"), try Self.zone("rhs.example", domains: true),
    ]
    let (rounds, listings) = try Self.listings(
      of: ["192.0.2.7", "spam.example"], in: zones,
      [
        Asker.question("7.2.0.192.two.example"): Self.codes("127.0.0.2", "127.0.0.9"),
        Asker.question("7.2.0.192.two.example", .txt): .records([
          .text(Array("see x".utf8)), .text(Array("and y".utf8)),
        ]),
      ])
    #expect(
      rounds == [
        ["7.2.0.192.one.example A", "7.2.0.192.two.example A", "spam.example.rhs.example A"],
        ["7.2.0.192.two.example TXT"],
      ])
    #expect(
      listings.map { "\($0.subject) \($0.zone.shown)" } == [
        "192.0.2.7 one.example", "192.0.2.7 two.example", "spam.example rhs.example",
      ])
    let codes = [try Self.address("127.0.0.2"), try Self.address("127.0.0.9")]
    #expect(
      listings.map(\.state) == [.notListed, .listed(codes: codes, reasons: ["see x", "and y"]), .notListed])
    #expect(listings.map(\.isBad) == [false, true, false] && listings[0].milliseconds == 7)
  }

  @Test func `answers come to what they mean`() throws {
    let refusal = try Self.address("127.255.255.254")
    let outside = try Self.address("203.0.113.9")
    let states: [(DNSAnswer, Listing.State)] = [
      (.noName, .notListed), (.noRecords, .notListed),
      (try Self.codes("127.0.0.2"), .listed(codes: [try Self.address("127.0.0.2")], reasons: [])),
      (try Self.codes("127.255.255.254"), .unsound(.refuses(refusal))),
      (try Self.codes("203.0.113.9"), .unsound(.answersOutside(outside))),
      (try Self.codes("127.0.0.2", "203.0.113.9"), .unsound(.answersOutside(outside))),
      (.failed(.timeout), .failed(.timeout)), (.failed(.refused), .failed(.refused)),
    ]
    for (answer, state) in states {
      let (_, listings) = try Self.listings(
        of: ["192.0.2.7"], in: [Self.zone("one.example")],
        [Asker.question("7.2.0.192.one.example"): answer])
      #expect(listings.map(\.state) == [state], "\(answer)")
    }
  }

  @Test(arguments: [
    (["127.0.0.2"], "listed", true), (["127.0.0.11"], "listed_not_counted", false),
    (["127.0.0.11", "127.0.0.3"], "listed", true), (["127.0.1.1"], "listed", false),
  ])
  func `a code counts where a filter lets it through`(codes: [String], state: String, isBad: Bool) throws {
    let zone = try ConsultedZone.asked(
      by: "permit_dnswl_client one.example=127.0.1.1, reject_rbl_client one.example=127.0.0.[2..10]")
    let answer = DNSAnswer.records(try codes.map { .address(try Self.address($0)) })
    let (rounds, listings) = try Self.listings(
      of: ["192.0.2.7"], in: [zone], [Asker.question("7.2.0.192.one.example"): answer])
    #expect(listings.map(\.isBad) == [isBad])
    #expect(try ListingText.json(listings).contains(#""state":"\#(state)""#), "\(listings)")
    #expect(rounds.count == 2, "why it is listed is of interest anyway")
  }

  @Test func `a list of the good isn't bad news, and its name can be another`() throws {
    let zone = try Self.zone("key.white.example", blocks: false, shown: "white.example")
    let (_, listings) = try Self.listings(
      of: ["192.0.2.7"], in: [zone], [Asker.question("7.2.0.192.key.white.example"): Self.codes("127.0.0.2")])
    #expect(listings.map(\.isBad) == [false])
    #expect(ListingText.table(listings).contains("key") == false)
  }

  // MARK: Text

  private static func sample() throws -> [Listing] {
    try listings(
      of: ["192.0.2.7"],
      in: [
        zone("a.example"), zone("longer.example"), zone("white.example", blocks: false), zone("z.example"),
        zone("dead.example"), zone("other.example=127.0.0.2"),
      ],
      [
        Asker.question("7.2.0.192.a.example"): codes("127.0.0.2", "127.0.0.9"),
        Asker.question("7.2.0.192.a.example", .txt): .records([
          .text(Array("see x".utf8)), .text(Array("bell \u{7}".utf8)),
        ]),
        Asker.question("7.2.0.192.white.example"): codes("127.0.0.3"),
        Asker.question("7.2.0.192.z.example"): codes("127.255.255.254"),
        Asker.question("7.2.0.192.dead.example"): .failed(.timeout),
        Asker.question("7.2.0.192.other.example"): codes("127.0.0.11"),
      ]
    ).listings
  }

  @Test func `the table has a line a list, and nothing in it that a terminal obeys`() throws {
    let trouble = ZoneTrouble.refuses(try Self.address("127.255.255.254"))
    #expect(
      ListingText.table(try Self.sample()) == #"""
        SUBJECT    LIST            STATE                CODES                MS  TEXT
        192.0.2.7  a.example       listed               127.0.0.2,127.0.0.9  7   see%20x%20/%20bell%20%07
        192.0.2.7  longer.example  not listed           -                    7
        192.0.2.7  white.example   listed               127.0.0.3            7
        192.0.2.7  z.example       not believed         -                    7   \#(trouble)
        192.0.2.7  dead.example    no answer            -                    7   no answer in time
        192.0.2.7  other.example   listed, not counted  127.0.0.11           7
        """#)
  }

  @Test func `JSON says the same`() throws {
    let json = try ListingText.json(try Self.sample())
    #expect(
      json.hasPrefix(
        #"[{"blocks":true,"codes":["127.0.0.2","127.0.0.9"],"list":"a.example","ms":7,"state":"listed","#
          + #""subject":"192.0.2.7","texts":["see x","bell \u0007"]},"#), "\(json)")
    #expect(
      json.contains(
        #"{"blocks":false,"codes":["127.0.0.3"],"list":"white.example","ms":7,"state":"listed","#), "\(json)")
    #expect(
      json.contains(#""state":"no_answer","subject":"192.0.2.7","texts":["no answer in time"]}"#), "\(json)")
    #expect(
      json.contains(
        #"{"blocks":true,"codes":["127.0.0.11"],"list":"other.example","ms":7,"state":"listed_not_counted","#),
      "\(json)")
  }
}
