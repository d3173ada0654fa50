import MailTypes
import Testing

@testable import Policy

struct OrganisationTests {
  @Test(arguments: [
    ("out-7.mail.big.example", "192.0.2.7", "big.example"),
    ("OUT-7.Mail.BIG.Example", "192.0.2.7", "big.example"),
    ("big.example", "192.0.2.7", "big.example"),
    ("mx_1.big.example", "192.0.2.7", "big.example"),
    // One or two numbers of the address are how large senders name their hosts.
    ("mail-qt1-f181.google.example", "209.85.160.181", "google.example"),
    ("a8-50.smtp-out.ses.example", "54.240.8.50", "ses.example"),
    ("mail-eopbgr80050.outbound.look.example", "40.107.80.50", "look.example"),
    // Countries' suffixes of two labels.
    ("out.big.co.uk", "192.0.2.7", "big.co.uk"), ("out.big.com.au", "192.0.2.7", "big.com.au"),
    ("out.big.ca.us", "192.0.2.7", "big.ca.us"), ("out.shop.big.de", "192.0.2.7", "big.de"),
    ("out.com.big.de", "192.0.2.7", "big.de"), ("out.big.com", "192.0.2.7", "big.com"),
    // Not known as one, or taken for one though it isn't.
    ("out.big.city.xx", "192.0.2.7", "city.xx"), ("mx1.gx.de", "192.0.2.7", "mx1.gx.de"),
  ])
  func `a name's organisation is the domain below its suffix`(
    name: String, address: String, expected: String
  ) throws {
    #expect(try Self.organisation(name, address) == expected)
  }

  @Test(arguments: [
    // What Postfix says when the name isn't confirmed, what is no name of a host, and what is no more than a suffix.
    ("unknown", "192.0.2.7"), ("", "192.0.2.7"), ("localhost", "192.0.2.7"), ("co.uk", "192.0.2.7"),
    ("example", "192.0.2.7"), ("com.au", "192.0.2.7"), ("192.0.2.7", "192.0.2.7"),
    ("[192.0.2.7]", "192.0.2.7"),
    ("out..big.example", "192.0.2.7"), (".big.example", "192.0.2.7"), ("out.big.example.", "192.0.2.7"),
    ("out big.example", "192.0.2.7"), ("out/big.example", "192.0.2.7"), ("\u{E9}.big.example", "192.0.2.7"),
    ("\(String(repeating: "a", count: 64)).example", "192.0.2.7"),
    ("\(String(repeating: "a.", count: 127))example", "192.0.2.7"),
    // Made from the address.
    ("ec2-54-240-8-50.compute.cloud.example", "54.240.8.50"), ("50.8.240.54.rev.isp.example", "54.240.8.50"),
    ("host54-240-8.isp.example", "54.240.8.50"), ("c054240008050.isp.example", "54.240.8.50"),
    ("ip36f00832.isp.example", "54.240.8.50"), ("h3208f036.isp.example", "54.240.8.50"),
    ("054-240-008-050.isp.example", "54.240.8.50"), ("host1-1.1.isp.example", "198.1.1.1"),
    ("2001-db8-17-1--9.isp.example", "2001:db8:17:1::9"),
    ("9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.7.1.0.0.8.b.d.0.1.0.0.2.ip6.isp.example", "2001:db8:17:1::9"),
    // Lines and rented machines.
    ("adsl-7.isp.example", "192.0.2.99"), ("7.dynamic.isp.example", "192.0.2.99"),
    ("a7.dip.isp.example", "192.0.2.99"), ("vps1234.hoster.example", "192.0.2.99"),
    ("kunde.customers.hoster.example", "192.0.2.99"), ("DHCP3.isp.example", "192.0.2.99"),
    ("cable-out.cables.example", "2001:db8::7"),
  ])
  func `who tells none, or has a generic name, has none`(name: String, address: String) throws {
    #expect(try Self.organisation(name, address) == nil)
  }

  @Test(arguments: [
    ("mx.dynamics.example", "192.0.2.7"), ("mx.dsl.example", "192.0.2.7"), ("192-0-2.example", "192.0.2.7"),
    ("out2-7.big.example", "192.0.2.7"), ("out7.dead.big.example", "2001:db8:dead::7"),
  ])
  func `parts of words, and what stands in the organisation's own domain, say nothing`(
    name: String, address: String
  ) throws {
    #expect(try Self.organisation(name, address) != nil)
  }

  private static func organisation(_ name: String, _ address: String) throws -> String? {
    let organisation = Organisation(
      clientName: Array(name.utf8)[...], address: try #require(IPAddress(address)))
    return organisation?.domain.repairedText
  }
}
