import Foundation
import TestKit

extension MailHost {
  /// Starts one whose recipients' list is ours and asks a name server, gives it to `body`, ends all of it.
  ///
  /// A lookup may take a second, all of a request two; the greylist's delay is one.
  static func with(
    _ restrictions: [String], asking server: NameServer, _ body: (MailHost) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    let logins = try run.make("queue/var/run/saslauthd", group: "postfix", mode: 0o710)
    let socket = try run.make("queue/postern") + "/recipient"
    let store = try run.make("store")
    try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
    let settings = """
      [store]
      path = "\(store)/postern.db"
      [mail]
      from_postfix = "\(run.path("conf"))"
      [policy.recipient]
      listen = ["unix:\(socket)"]
      restrictions = [\(restrictions.map { "'\($0)'" }.joined(separator: ", "))]
      [greylist]
      delay = "1s"
      [dns]
      servers = ["\(server.endpoint)"]
      timeout = "1s"
      attempts = 1
      budget = "2s"

      """
    let sink = try await MailSink(in: run)
    let main = """

      smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
      smtpd_recipient_restrictions = check_policy_service unix:postern/recipient
      relay_domains = lab.example
      relay_transport = smtp:[127.0.0.1]:\(sink.port)
      smtpd_authorized_xclient_hosts = 127.0.0.1

      """
    let postfix = try await PrivatePostfix(
      in: run, sink: sink.port, socket: "\(logins)/mux", main: main, nameServer: server.address)
    let gateway = try await Gateway(
      .posternd, in: run, at: logins, options: .init(settings: settings, group: "postfix"),
      prepare: WireAccount.add)
    try await eventually("the policy service listens") { Gateway.isConnectable(socket) }
    try await MailHost(run: run, postfix: postfix, gateway: gateway, sink: sink).used(by: body)
  }
}
