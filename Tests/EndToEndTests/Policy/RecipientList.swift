import Foundation
import Testing

/// posternd with a postern.toml whose recipient list ends in check_greylist: lab.example's, 10/8 may relay.
enum RecipientList {
  /// Directories for a service that runs as the user whom `Gateway` adds.
  static func prepare() throws -> RunDirectory {
    let run = try RunDirectory()
    for name in ["store", "policy"] {
      try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: try run.make(name))
    }
    return run
  }

  /// Starts one, gives its socket to `body`, ends it; `greylist` holds lines of that table.
  static func with(
    _ run: RunDirectory, greylist: String = "", _ body: (String) async throws -> Void
  ) async throws {
    let socket = run.path("policy/recipient")
    let settings = """
      [mail]
      from_postfix = ""
      mynetworks = "10.0.0.0/8"
      relay_domains = "lab.example"
      [policy.recipient]
      listen = ["unix:\(socket)"]
      restrictions = [
        "permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination", "check_greylist",
      ]
      [greylist]
      \(greylist)
      [store]
      path = "\(run.path("store/postern.db"))"
      """
    // Of the service that ran here before.
    if FileManager.default.fileExists(atPath: run.path("etc")) {
      try FileManager.default.removeItem(atPath: run.path("etc"))
    }
    let gateway = try await Gateway(
      .posternd, in: run, at: try run.make("saslauthd"), options: .init(settings: settings))
    do {
      try await eventually("it serves") { Gateway.isConnectable(socket) }
      try await body(socket)
    } catch {
      Issue.record(error, gateway.logs)
    }
    if gateway.process.isRunning { try await gateway.stop() }
  }

  /// The answer's first word.
  static func ask(_ question: PolicyQuestion, at socket: String) async throws -> String {
    let reply = try await PolicyClient(socket).ask(question)
    return String(reply.prefix { $0 != " " })
  }
}
