import Foundation
import Testing

/// One Postfix with two listeners for each list: the one has it in main.cf, the other asks our service for it.
struct RestrictionHost {
  let run: RunDirectory
  let postfix: PrivatePostfix
  let gateway: Gateway
  private let port: UInt16

  private static func name(_ number: Int) -> String { "case\(number)" }

  /// Where the list is Postfix's own.
  func native(_ number: Int) -> PrivatePostfix.Listener {
    PrivatePostfix.Listener(address: "127.0.1.\(number + 1)", port: port)
  }

  /// Where it is ours.
  func ours(_ number: Int) -> PrivatePostfix.Listener {
    PrivatePostfix.Listener(address: "127.0.2.\(number + 1)", port: port)
  }

  private static let shared = """

    mydestination = lab.example
    myorigin = lab.example
    relay_domains = relay.test
    virtual_alias_domains = alias.test
    virtual_mailbox_domains = mailbox.test
    mynetworks = !10.1.9.0/24, 10.0.0.0/8, [2001:db8:1::]/48, trusted.test
    recipient_delimiter = +
    # Postfix wants to see a list that refuses; this one decides nothing.
    undecided = check_client_access static:OK, reject
    smtpd_relay_restrictions = $undecided
    smtpd_recipient_restrictions =
    smtpd_restriction_classes = strict
    strict = reject_non_fqdn_sender, check_sender_access inline:{friend.test=OK}
    smtpd_authorized_xclient_hosts = 0.0.0.0/0, [::]/0
    inet_protocols = all
    in_flow_delay = 0
    smtpd_reject_unlisted_recipient = no
    # Nothing waits, and nothing is delivered.
    smtpd_hard_error_limit = 1000
    smtpd_soft_error_limit = 1000
    smtpd_policy_service_retry_delay = 1s
    defer_transports = smtp, relay, virtual, local

    """

  /// What makes a listener of master.cf go by one list.
  private static func options(_ row: RestrictionCase, _ list: String) -> String {
    var options = ["smtpd_\(row.stage.rawValue)_restrictions=\(list)"]
    if row.stage == .relay { options.append("smtpd_recipient_restrictions=$undecided") }
    if !row.isDelayed { options.append("smtpd_delay_reject=no") }
    return options.map { " -o \($0)" }.joined()
  }

  /// What a test may want otherwise.
  struct Options {
    /// More of main.cf, which our service takes its values from, too.
    var main = ""
    /// The address of the name server that both ask, and nobody else; nil: the host's own.
    var nameServer: String?
    /// More lines of our configuration, whole tables.
    var settings = ""
  }

  /// Starts one, gives it to `body`, ends all of it.
  static func with(
    _ cases: [RestrictionCase], options: Options = Options(), _ body: (RestrictionHost) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    let tables = try run.make("tables")
    for (name, text) in RestrictionCase.tables { try run.write(text, to: "tables/\(name)") }
    let port = try Loopback.freePort()
    let lists = cases.map { $0.list.replacing("TABLES", with: tables) }
    var main = shared + "smtpd_sender_login_maps = texthash:\(tables)/logins\n"
    main += options.main.replacing("TABLES", with: tables)
    var master = ""
    for (number, (row, list)) in zip(cases, lists).enumerated() {
      let name = name(number)
      let own = row.native?.replacing("TABLES", with: tables) ?? list
      main +=
        "native_\(name) = \(own)\nours_\(name) = check_policy_service unix:postern/\(name)\n"
      let sides = ["127.0.1.\(number + 1)": "native", "127.0.2.\(number + 1)": "ours"]
      for (address, side) in sides {
        master += "\(address):\(port) inet n - n - - smtpd\(Self.options(row, "$\(side)_\(name)"))\n"
      }
    }
    let sockets = try run.make("queue/postern")
    let logins = try run.make("queue/var/run/saslauthd", group: "postfix", mode: 0o710)
    let sink = try await MailSink(in: run)
    let postfix = try await PrivatePostfix(
      in: run, sink: sink.port, socket: "\(logins)/mux", main: main, services: master,
      nameServer: options.nameServer)
    for name in ["clients", "senders"] {
      try await must("postmap", ["-c", run.path("conf"), "hash:\(tables)/\(name)"])
    }
    let policies = zip(cases, lists).enumerated().map { number, item in
      """
      [policy.\(name(number))]
      listen = ["unix:\(sockets)/\(name(number))"]
      stage = "\(item.0.stage.rawValue)"
      open_relay = true
      restrictions = ['\(item.1)']

      """
    }
    let store = try run.make("store")
    try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
    let settings =
      "[store]\npath = \"\(store)/postern.db\"\n[mail]\nfrom_postfix = \"\(run.path("conf"))\"\n[lists]\n"
      + "strict = [\"reject_non_fqdn_sender\", \"check_sender_access inline:{friend.test=OK}\"]\n"
      + policies.joined() + dns(options) + options.settings
    let gateway = try await Gateway(
      .posternd, in: run, at: logins, options: .init(settings: settings, group: "postfix"),
      prepare: WireAccount.add)
    for number in cases.indices {
      try await eventually("\(name(number)) listens") {
        Gateway.isConnectable("\(sockets)/\(name(number))")
      }
    }
    let host = RestrictionHost(run: run, postfix: postfix, gateway: gateway, port: port)
    do {
      try await body(host)
    } catch {
      Issue.record(error, host.logs)
    }
    try await postfix.stop()
    try await sink.stop()
    if gateway.process.isRunning { try await gateway.stop() }
  }

  /// As patient as the C library is with the private resolv.conf.
  private static func dns(_ options: Options) -> String {
    guard let server = options.nameServer, !options.settings.contains("[dns]") else { return "" }
    return "[dns]\nservers = [\"\(server):53\"]\ntimeout = \"1s\"\nattempts = 1\n"
  }

  /// For the message of an expectation that failed.
  var logs: Comment { "--- posternd\n\(gateway.log)\n--- mail.log\n\(postfix.log)" }
}
