import Foundation
import Testing

/// A mail host as the chapter sets it up: Postfix, the daemon that checks passwords, and the world outside.
struct MailHost {
  var run: RunDirectory
  var postfix: PrivatePostfix
  var gateway: Gateway
  var sink: MailSink

  /// Where Debian's chrooted smtpd looks, inside the queue directory.
  private static let socketDirectory = "queue/var/run/saslauthd"

  /// Starts one, gives it to `body`, ends all of it; `main` is more of main.cf.
  static func with(
    _ daemon: Daemon, options: Gateway.Options = Gateway.Options(),
    master: PrivatePostfix.MasterFile = .privatePorts, main: String = "",
    prepare: (PrivateEtc) throws -> Void = { _ in }, _ body: (MailHost) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    // Debian's directory belongs to root:sasl, and postfix is added to sasl; the host's groups stay as they are.
    let directory = try run.make(socketDirectory, group: "postfix", mode: 0o710)
    var options = options
    options.group = "postfix"
    let gateway = try await Gateway(daemon, in: run, at: directory, options: options, prepare: prepare)
    let sink = try await MailSink(in: run)
    let postfix = try await PrivatePostfix(
      in: run, sink: sink.port, socket: gateway.socket, master: master, main: main)
    try await MailHost(run: run, postfix: postfix, gateway: gateway, sink: sink).used(by: body)
  }

  /// Gives it to `body`, and ends all of it.
  func used(by body: (MailHost) async throws -> Void) async throws {
    do {
      try await body(self)
    } catch {
      Issue.record(error, logs)
    }
    try await postfix.stop()
    try await sink.stop()
    if gateway.process.isRunning { try await gateway.stop() }
  }

  /// For the message of an expectation that failed.
  var logs: Comment { "--- \(gateway.daemon)\n\(gateway.log)\n--- mail.log\n\(postfix.log)" }

  /// Waits for `count` messages outside.
  func arrived(_ count: Int) async throws -> [String] {
    try await eventually("\(count) messages arrive") { try sink.messages().count >= count }
    return try sink.messages()
  }
}
