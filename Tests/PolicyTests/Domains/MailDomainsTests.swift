import MailTypes
import Testing

@testable import Policy

struct MailDomainsTests {
  @Test func `values are taken as main.cf writes them`() throws {
    var domains = MailDomains()
    let values = [
      "mynetworks": "127.0.0.0/8 [::1]/128", "mydestination": "lab.example, localhost", "relay_domains": "",
      "virtual_alias_domains": "hash:/etc/postfix/virtual", "virtual_mailbox_domains": "box.test",
      "myorigin": "/etc/mailname", "smtpd_sender_login_maps": "hash:/a, pcre:/b",
      "relay_clientcerts": "hash:/c",
    ]
    for (name, value) in values {
      #expect(domains.set(name, to: value, files: ["/etc/mailname": Array("lab.example\n".utf8)]) == [])
    }
    #expect(MailDomains.names == values.keys.sorted())
    #expect(domains.myorigin == Array("lab.example".utf8))
    #expect(
      domains.tables.map(\.description).sorted() == [
        "hash:/a", "hash:/c", "hash:/etc/postfix/virtual", "pcre:/b",
      ])
  }

  @Test(arguments: [
    ("mynetwork", "x", "mynetwork is no value"),
    ("mynetworks", "10.0.0.1/8", "mynetworks: 10.0.0.1/8 has bits"),
    ("relay_domains", "mysql:/x", "relay_domains: tables of type mysql"),
    ("myorigin", "a b", "myorigin: a b is no domain"),
    ("smtpd_sender_login_maps", "x", "smtpd_sender_login_maps: x is no table"),
    ("myorigin", "/x", "myorigin: /x: can't"),
  ])
  func `what can't be meant is named`(name: String, value: String, fault: String) {
    var domains = MailDomains()
    #expect(domains.set(name, to: value).first?.description.hasPrefix(fault) == true)
  }
}
