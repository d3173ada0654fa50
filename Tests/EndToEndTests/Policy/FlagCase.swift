import Testing

/// Flags of postgrey's that change answers, and a dialogue that shows it.
struct FlagCase: Sendable, CustomTestStringConvertible {
  /// A request, and what it is answered with.
  enum Step: Sendable {
    case ask(PolicyQuestion, String)
    /// Asked again and again for as long as it is put off, as a mail server does.
    case retry(PolicyQuestion, String)
  }

  var title: String
  var options: GreylistDaemon.Options
  var steps: [Step]

  var testDescription: String { title }

  private init(
    _ title: String, _ flags: [String] = [], clients: String = "", recipients: String = "", steps: Step...
  ) {
    self.title = title
    options = GreylistDaemon.Options(flags: flags, clients: clients, recipients: recipients)
    self.steps = steps
  }
}

extension FlagCase {
  static let all = [delays, networks, texts, autoWhitelists, whitelists].flatMap(\.self)

  private static let greylisted = PolicyWireCase.greylisted(at: "lab.example")
  private static let header = "PREPEND X-Greylist: delayed N seconds by postgrey-1.37 at gate.example; DATE"
  private static let first = PolicyQuestion(instance: "1.1.1.0")
  private static let second = PolicyQuestion(recipient: "v@lab.example", instance: "1.1.1.0")
  private static let neighbour = PolicyQuestion(client: "192.0.2.78", instance: "2.1.1.0")

  private static let delays = [
    FlagCase("defaults", steps: .ask(first, greylisted), .ask(first, greylisted)),
    FlagCase(
      "--delay=1: one header a message", ["--delay=1"], steps: .ask(first, greylisted),
      .ask(second, greylisted),
      .retry(first, header), .retry(second, "DUNNO"), .ask(first, "DUNNO"), .ask(second, "DUNNO")),
    FlagCase(
      "--delay=0 is the default", ["--delay=0", "--greylist-text=wait %s seconds"],
      steps: .ask(first, "DEFER_IF_PERMIT 4.2.0 wait 300 seconds")),
    FlagCase(
      "--privacy", ["--privacy", "--delay=1"], steps: .ask(first, greylisted), .retry(first, header),
      .ask(first, "DUNNO"), .ask(second, greylisted)),
  ]

  private static let networks = [
    FlagCase(
      "--lookup-by-subnet", ["--lookup-by-subnet", "--delay=1"], steps: .ask(first, greylisted),
      .retry(first, header), .ask(neighbour, "DUNNO")),
    FlagCase(
      "--lookup-by-host", ["--lookup-by-host", "--delay=1"], steps: .ask(first, greylisted),
      .retry(first, header),
      .ask(neighbour, greylisted)),
    FlagCase(
      "--ipv4cidr=31", ["--ipv4cidr=31", "--delay=1"], steps: .ask(first, greylisted), .retry(first, header),
      .ask(neighbour, greylisted), .ask(PolicyQuestion(client: "192.0.2.76", instance: "3"), "DUNNO")),
    FlagCase(
      "--ipv6cidr=127", ["--ipv6cidr=127", "--delay=1"],
      steps: .ask(PolicyQuestion(client: "2001:db8::2"), greylisted),
      .retry(PolicyQuestion(client: "2001:db8::3"), header),
      .ask(PolicyQuestion(client: "2001:db8::4"), greylisted)),
  ]

  private static let texts = [
    FlagCase(
      "--greylist-action=451", ["--greylist-action=451"],
      steps: .ask(first, greylisted.replacing("DEFER_IF_PERMIT", with: "451"))),
    FlagCase(
      "--greylist-action=DEFER", ["--greylist-action", "DEFER"],
      steps: .ask(first, greylisted.replacing("DEFER_IF_PERMIT", with: "DEFER"))),
    FlagCase(
      "--greylist-text", ["--greylist-text=%r: come again in %s seconds"],
      steps: .ask(first, "DEFER_IF_PERMIT 4.2.0 lab.example: come again in 300 seconds")),
    FlagCase(
      "--greylist-text with a code of its own", ["--greylist-text=4.7.1 not yet, %s %s %x %%"],
      steps: .ask(first, "DEFER_IF_PERMIT 4.7.1 not yet, 300 %s %x %%")),
    FlagCase(
      "--x-greylist-header", ["--x-greylist-header=X-Late: %v at %h on %d; %h", "--delay=1"],
      steps: .ask(first, greylisted), .retry(first, "PREPEND X-Late: 1.37 at gate.example on DATE; %h")),
    FlagCase(
      "--hostname", ["--hostname=other.example", "--delay=1", "--x-greylist-header=X-Late: %h"],
      steps: .ask(first, greylisted), .retry(first, "PREPEND X-Late: other.example")),
  ]

  private static let autoWhitelists = [
    FlagCase(
      "--auto-whitelist-clients=1", ["--auto-whitelist-clients=1", "--delay=1"],
      steps: .ask(first, greylisted),
      .retry(first, header), .ask(second, "DUNNO"),
      .ask(PolicyQuestion(client: "192.0.2.78", recipient: "w@lab.example"), greylisted)),
    FlagCase(
      "--auto-whitelist-clients=0", ["--auto-whitelist-clients=0", "--delay=1"],
      steps: .ask(first, greylisted),
      .retry(first, header), .ask(second, greylisted)),
  ]

  private static let whitelists = [
    FlagCase(
      "--whitelist-clients",
      clients:
        "# ours\nwhite.example\n198.51.100.0/24\n203.0.113\n/^mail[0-9]+\\.big\\.example$/\n2001:db8:1::/48\n",
      steps: .ask(PolicyQuestion(name: "mx.white.example"), "DUNNO"),
      .ask(PolicyQuestion(name: "mx.notwhite.example"), greylisted),
      .ask(PolicyQuestion(client: "198.51.100.7"), "DUNNO"),
      .ask(PolicyQuestion(client: "198.51.101.7"), greylisted),
      .ask(PolicyQuestion(client: "203.0.113.9"), "DUNNO"),
      .ask(PolicyQuestion(name: "MAIL12.big.example"), "DUNNO"),
      .ask(PolicyQuestion(name: "mailx.big.example"), greylisted),
      .ask(PolicyQuestion(client: "2001:db8:1:2::3"), "DUNNO"),
      .ask(PolicyQuestion(client: "2001:db8:2::3"), greylisted)),
    FlagCase(
      "--whitelist-recipients",
      recipients: "postmaster@\nfree.example\nu@only.example\n/^list-.*@lab\\.example$/\n",
      steps: .ask(PolicyQuestion(recipient: "Postmaster@lab.example"), "DUNNO"),
      .ask(PolicyQuestion(recipient: "any@sub.free.example"), "DUNNO"),
      .ask(PolicyQuestion(recipient: "u+ext@only.example"), "DUNNO"),
      .ask(PolicyQuestion(recipient: "v@only.example"), PolicyWireCase.greylisted(at: "only.example")),
      .ask(PolicyQuestion(recipient: "list-7@lab.example"), "DUNNO"),
      .ask(PolicyQuestion(recipient: "list@lab.example"), greylisted)),
  ]
}
