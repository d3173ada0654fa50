import Foundation
import Glibc
import SystemCalls
import Testing

/// posternd with postgrey's command line, for the operator's commands about it.
struct GreylistService {
  let run: RunDirectory
  let process: RunningProcess
  private let socket: String
  private let database: String

  /// Starts one, gives it to `body`, ends it.
  static func with(_ flags: [String] = [], _ body: (GreylistService) async throws -> Void) async throws {
    let service = try await GreylistService(flags)
    do {
      try await body(service)
    } catch {
      Issue.record(error, "\(service.process.log)")
    }
    if service.process.isRunning { try await service.process.stop() }
  }

  private init(_ flags: [String]) async throws {
    run = try RunDirectory()
    database = try run.make("db", owner: "nobody", group: "nogroup")
    socket = run.path("socket")
    let log = run.path("log")
    process = try RunningProcess(
      Project.program("posternd"),
      [
        "postgrey", "--unix=\(socket)", "--dbdir=\(database)", "--user=nobody", "--group=nogroup",
        "--whitelist-clients=/dev/null", "--whitelist-recipients=/dev/null",
      ] + flags, output: log, errors: log)
    let (process, socket) = (process, socket)
    try await eventually("it serves") {
      guard process.isRunning else { throw NeverHappened(what: process.log, within: .zero) }
      return Gateway.isConnectable(socket)
    }
  }

  /// Its store's file.
  var store: String { "\(database)/postern.db" }

  /// The action for one request.
  func ask(_ client: String, _ sender: String, _ recipient: String) throws -> String {
    try Self.ask(socket, client, sender, recipient)
  }

  /// The first word of a policy service's answer.
  static func ask(
    _ socket: String, _ client: String, _ sender: String, _ recipient: String
  ) throws -> String {
    let connection = try UnixSocket.connect(to: socket)
    try UnixSocket.setPatience(10, on: connection)
    let request = Array(
      """
      request=smtpd_access_policy
      client_address=\(client)
      client_name=mx.example
      sender=\(sender)
      recipient=\(recipient)


      """.utf8)
    let number = connection.number
    try retrying("send") { send(number, request, request.count, Int32(MSG_NOSIGNAL)) }
    var answer = [UInt8](repeating: 0, count: 4096)
    let count = try retrying("recv") { recv(number, &answer, answer.count, 0) }
    let text = String(decoding: answer.prefix(count), as: UTF8.self)
    return String(text.dropFirst("action=".count).prefix { $0 != " " && $0 != "\n" })
  }

  /// Runs a command of `postern` about it, as root or as a user who may only ask.
  func postern(_ arguments: [String], as user: String? = nil) async throws -> Finished {
    let command = [Project.program("postern")] + arguments + ["--control", database]
    guard let user else { return try await EndToEndTests.run(command[0], Array(command.dropFirst())) }
    return try await EndToEndTests.run(
      "setpriv", ["--reuid=\(user)", "--regid=root", "--clear-groups"] + command)
  }

  /// What a command prints with `--json`.
  func object(_ arguments: [String]) async throws -> [String: Any] {
    let shown = try await postern(["greylist"] + arguments + ["--json"])
    let object = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any]
    return try #require(object, "\(shown)")
  }

  /// The senders that a command prints, in its order.
  func senders(_ arguments: [String]) async throws -> [String] {
    let triplets = try await object(arguments)["triplets"] as? [[String: Any]]
    return try #require(triplets).compactMap { $0["sender"] as? String }
  }
}
