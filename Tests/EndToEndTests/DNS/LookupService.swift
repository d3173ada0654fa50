import Foundation
import TestKit
import Testing

/// A daemon with one restriction list that asks the DNS, and no Postfix.
struct LookupService {
  let run: RunDirectory
  let gateway: Gateway
  private let socket: String

  /// Starts one, gives it to `body`, ends it; `settings` are whole tables, `[dns]` among them.
  static func with(
    _ restrictions: [String], settings: String, _ body: (LookupService) async throws -> Void
  ) async throws {
    let run = try RunDirectory()
    let store = try run.make("store")
    try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
    let socket = run.path("policy")
    let text = """
      [store]
      path = "\(store)/postern.db"
      [mail]
      from_postfix = ""
      mydestination = "lab.example"
      mynetworks = "127.0.0.0/8"
      [policy.recipient]
      listen = "unix:\(socket)"
      restrictions = [\(restrictions.map { "'\($0)'" }.joined(separator: ", "))]
      \(settings)

      """
    let gateway = try await Gateway(
      .posternd, in: run, at: try run.make("saslauthd"), options: .init(settings: text),
      prepare: WireAccount.add)
    try await eventually("the policy service listens") { Gateway.isConnectable(socket) }
    let service = LookupService(run: run, gateway: gateway, socket: socket)
    do {
      try await body(service)
    } catch {
      Issue.record(error, service.logs)
    }
    if gateway.process.isRunning { try await gateway.stop() }
  }

  /// What the list says to a client.
  func ask(_ client: String, sender: String = "a@b.example") throws -> String {
    try PolicyDialogue(at: socket).ask(PolicyQuestion(client: client, sender: sender))
  }

  /// What `postern explain` says of a client.
  func explain(_ client: String) async throws -> Finished {
    try await gateway.postern([
      "explain", "--list", "recipient", "--client", client, "--sender", "a@b.example",
      "--recipient", "u@lab.example",
    ])
  }

  func dialogue() throws -> PolicyDialogue { try PolicyDialogue(at: socket) }

  /// Texts of `postern status`.
  func texts(_ name: String) async throws -> [String] {
    let shown = try await gateway.postern(["status", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    return try #require(object?[name] as? [String], "\(shown)")
  }

  /// kB that the policy service holds.
  func memory() async throws -> Int {
    let pid = try await gateway.part("postern-policy").pid
    return try #require(try ProcessStatus(of: pid).numbers("VmRSS").first)
  }

  /// For the message of an expectation that failed.
  var logs: Comment { gateway.logs }
}
