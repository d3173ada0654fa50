/// Who sends mail on that day.
struct MailServer: Sendable {
  /// Where a difference is wanted, and why; see the README.
  enum Class: String, CaseIterable, Sendable { case login, mapped, text, sixteen }

  var name: String
  /// A try comes from any of them.
  var addresses: [String]
  /// Seconds from one try to the next; none: it doesn't come again.
  var waits: [Int64]
  var wanted: Class?

  private static let habits: [[Int64]] = [
    [300, 300, 600, 1200, 2400, 4800], [60, 120, 240, 480, 960, 1920], [900, 900, 900, 900],
    [1800, 3600, 7200, 14_400], [299, 1, 600], [3601, 7200], [30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  ]

  /// Those whose mail makes up most of the day, in proportion to how often each stands here.
  static func all(_ generator: inout some RandomNumberGenerator) -> [MailServer] {
    var servers: [MailServer] = []
    for number in 0..<30 {
      let address =
        number % 5 == 0
        ? "2001:db8:\(number)::25" : "198.51.\(number).\(Int.random(in: 1...254, using: &generator))"
      servers.append(
        MailServer(
          name: number % 7 == 0 ? "unknown" : "mx\(number).sender.example", addresses: [address],
          waits: habits[number % habits.count]))
    }
    for number in 0..<3 {
      servers.append(
        MailServer(
          name: "out.pool\(number).example", addresses: (1...12).map { "203.0.\(number * 4 + $0 % 4).\($0)" },
          waits: habits[1]))
    }
    servers.append(MailServer(name: "mx.white.example", addresses: ["192.0.2.9"], waits: habits[0]))
    servers.append(MailServer(name: "mx.elsewhere.example", addresses: ["192.0.7.9"], waits: habits[0]))
    return servers
  }

  /// Rules for the last two, one by name and one by network, and what the class `sixteen` is about.
  static let whitelist = "white.example\n192.0.7.0/24\n172.16\n"

  static let classes = [
    MailServer(
      name: "dialup.login.class.example", addresses: ["100.64.0.7"], waits: [600], wanted: .login),
    MailServer(
      name: "mx.mapped.class.example", addresses: ["::ffff:100.64.1.7", "100.64.1.7"],
      waits: [600, 600, 600],
      wanted: .mapped),
    MailServer(name: "mx.text.class.example", addresses: ["100.64.2.7"], waits: [600], wanted: .text),
    MailServer(name: "mx.sixteen.class.example", addresses: ["172.16.9.7"], waits: [600], wanted: .sixteen),
  ]

  /// Spam: comes once, from anywhere.
  static func stranger(_ generator: inout some RandomNumberGenerator) -> MailServer {
    let address = (0..<4).map { _ in String(Int.random(in: 1...99, using: &generator)) }
    return MailServer(name: "unknown", addresses: [address.joined(separator: ".")], waits: [])
  }
}
