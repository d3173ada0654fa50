/// Lists in the formats that real ones come in.
enum Blocklists {
  static let addresses = Rbldnsd.Zone(
    name: "set.example", format: "ip4set",
    text: """
      :127.0.0.2:Listed, see http://set.example/?$
      127.0.0.2
      192.0.2.9
      198.51.100.0/24 :127.0.0.3:a network that spams
      !198.51.100.7

      """)
  static let networks = Rbldnsd.Zone(
    name: "trie.example", format: "ip4trie",
    text: """
      127.0.0.2 :127.0.0.2:test
      203.0.113.0/25 :127.0.0.10:dynamic
      203.0.113.16/28 :127.0.0.4:
      !203.0.113.5

      """)
  /// IPv6 in nets of 64 bits, and nothing else: its test entries are IPv6's.
  static let six = Rbldnsd.Zone(
    name: "six.example", format: "ip6tset",
    text: """
      :127.0.0.2:six
      0:0:0:0
      !::ffff:7f00:1
      2001:db8:1:2
      !2001:db8:1:2::7

      """)
  static let domains = Rbldnsd.Zone(
    name: "names.example", format: "dnset",
    text: """
      :127.0.1.2:$ sends spam
      test
      spam.example
      .wild.example
      !good.wild.example

      """)
  static let all = [addresses, networks, six, domains]
}
