import MailTypes
import Testing

@testable import Preflight

struct KnownZonesTests {
  private static func known(_ name: String, in zones: KnownZones) throws -> String? {
    let known = zones.known(of: try #require(DomainName(name)))
    return known.map {
      "\($0.zone) \($0.state.rawValue) \($0.since ?? "-") \($0.instead?.description ?? "-")"
    }
  }

  @Test func `holds what the lines say, of zones and of what is below them`() throws {
    let zones = KnownZones(
      Array(
        """
        # a table
        OLD.example.   superseded\t2020-11  new.example  # remembered well

          gone.example  shut-down - -
        """.utf8))
    #expect(zones.faults.isEmpty)
    for name in ["old.example", "a.b.old.example"] {
      #expect(try Self.known(name, in: zones) == "old.example superseded 2020-11 new.example")
    }
    #expect(try Self.known("gone.example", in: zones) == "gone.example shut-down - -")
    for name in ["example", "not-old.example", "new.example", "."] {
      #expect(try Self.known(name, in: zones) == nil)
    }
  }

  @Test(arguments: [
    ("a.example shut-down -", "zone, state, since and instead are expected, not 3 words"),
    ("a.example shut-down - - -", "zone, state, since and instead are expected, not 5 words"),
    ("a.example dead - -", "dead is no state: shut-down or superseded is expected"),
    ("a..example shut-down - -", "a..example is no name of a zone"),
    (". shut-down - -", ". is no name of a zone"),
    ("a.example shut-down - b..c", "b..c is no name of a zone"),
    ("a.example shut-down June -", "June is no year, or year and month, such as 2024-06"),
    ("a.example shut-down 2024-6 -", "2024-6 is no year, or year and month, such as 2024-06"),
    ("b.example shut-down 2024 -", "b.example is there twice"),
  ])
  func `names what it can't read, and holds the rest`(line: String, reason: String) throws {
    let zones = KnownZones(Array("b.example shut-down - -\n\(line)\nc.example shut-down - -\n".utf8))
    #expect(zones.faults.map(\.line) == [2])
    #expect(zones.faults.map(\.reason) == [reason])
    #expect(try Self.known("b.example", in: zones) != nil)
    #expect(try Self.known("c.example", in: zones) != nil)
    #expect(try Self.known("a.example", in: zones) == nil)
  }

  @Test func `knows nothing without a file`() {
    #expect(KnownZones(at: "/nonexistent/dnsbl-zones").faults.isEmpty)
    #expect(KnownZones(at: "/").faults.map(\.reason) == ["not a regular file"])
  }

  @Test(arguments: [
    ("cbl.abuseat.org", "zen.spamhaus.org"), ("sbl-xbl.spamhaus.org", "zen.spamhaus.org"),
    ("cblless.anti-spam.org.cn", "-"), ("dul.dnsbl.sorbs.net", "-"), ("relays.ordb.org", "-"),
    ("dnsbl.ahbl.org", "-"), ("dnsbl.njabl.org", "-"),
  ])
  func `comes with what is known`(name: String, instead: String) throws {
    let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    let zones = KnownZones(at: "\(root)/etc/postern/dnsbl-zones")
    #expect(zones.faults.isEmpty)
    #expect(try Self.known(name, in: zones)?.hasSuffix(" \(instead)") == true)
    #expect(try Self.known("bl.spamcop.net", in: zones) == nil)
    #expect(try Self.known("zen.spamhaus.org", in: zones) == nil)
  }
}
