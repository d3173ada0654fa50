import Testing

/// A mail host as the chapter sets it up, greylist and all: strangers may send to lab.example only.
struct GreylistedHost {
  let run: RunDirectory
  let postfix: PrivatePostfix
  let gateway: Gateway
  let greylist: GreylistDaemon
  let sink: MailSink

  /// A mail server somewhere, and what it sends.
  static let stranger = Swaks.Message(
    from: "news@sender.example", to: "u@lab.example", client: ("mx.sender.example", "198.51.100.25"))

  /// The chapter's, its greylist last; the path is as a chrooted smtpd and one that isn't find it.
  static let restrictions =
    "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination, \(greylisting)"
  static let greylisting = "check_policy_service unix:postgrey/socket"

  private static func main(_ restrictions: String, sink: UInt16) -> String {
    """

    smtpd_recipient_restrictions = \(restrictions)
    relay_domains = lab.example
    relay_transport = smtp:[127.0.0.1]:\(sink)
    # Each session names the client that it stands for.
    smtpd_authorized_xclient_hosts = 127.0.0.1

    """
  }

  /// Starts one, gives it to `body`, ends all of it.
  static func with(
    _ daemon: PolicyDaemon, options: GreylistDaemon.Options = .init(), restrictions: String = restrictions,
    _ body: (GreylistedHost) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    let gateway = try await Gateway(
      .posternd, in: run, at: try run.make("queue/var/run/saslauthd", group: "postfix", mode: 0o710),
      options: .init(group: "postfix"), prepare: WireAccount.add)
    let socket = try run.make("queue/postgrey", owner: "postgrey", group: "postgrey") + "/socket"
    let greylist = try await GreylistDaemon(daemon, in: run, at: socket, options: options)
    let sink = try await MailSink(in: run)
    let postfix = try await PrivatePostfix(
      in: run, sink: sink.port, socket: gateway.socket, main: main(restrictions, sink: sink.port))
    let host = GreylistedHost(run: run, postfix: postfix, gateway: gateway, greylist: greylist, sink: sink)
    do {
      try await body(host)
    } catch {
      Issue.record(error, host.logs)
    }
    try await postfix.stop()
    try await sink.stop()
    if greylist.process.isRunning { try await greylist.stop() }
    try await gateway.stop()
  }

  /// For the message of an expectation that failed.
  var logs: Comment { "--- \(greylist.daemon)\n\(greylist.log)\n--- mail.log\n\(postfix.log)" }

  /// Waits for `count` messages outside.
  func arrived(_ count: Int) async throws -> [String] {
    try await eventually("\(count) messages arrive") { try sink.messages().count >= count }
    return try sink.messages()
  }

  /// Sends a message again and again while it is put off, as a mail server does; the last session.
  func retry(_ message: Swaks.Message, to listener: PrivatePostfix.Listener) async throws -> Swaks {
    let end = ContinuousClock.now + .patience
    while true {
      let session = try await Swaks.send(message, to: listener)
      guard session.recipientReply?.hasPrefix("45") == true, ContinuousClock.now < end else { return session }
      // A mail server's own pace, only faster.
      try await Task.sleep(for: .milliseconds(200))
    }
  }
}
