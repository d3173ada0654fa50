import Foundation
import Testing

@testable import Policy

/// A dialogue with postgrey 1.37, as Recorded/record.py wrote it down.
struct Recording {
  /// A request and what came of it; strings have one character a byte.
  struct Step: Decodable {
    let at: Int64
    let given: [String: String]
    let reply: String
    let log: [String]
  }

  private struct Head: Decodable { let flags: [String] }

  /// What postgrey's databases hold in the end.
  struct Database: Decodable, Equatable {
    var triplets: [String: String]
    var clients: [String: String]
  }

  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Recorded")

  let flags: [String]
  let steps: [Step]
  let database: Database

  init(_ name: String) throws {
    let text = try String(contentsOf: Self.directory.appending(path: "\(name).jsonl"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { Data($0.utf8) }
    let decoder = JSONDecoder()
    flags = try decoder.decode(Head.self, from: try #require(lines.first)).flags
    steps = try lines.dropFirst().dropLast().map { try decoder.decode(Step.self, from: $0) }
    database = try decoder.decode(Database.self, from: try #require(lines.last))
  }

  /// The greylist under the recorded flags, with the recorded whitelists.
  func greylist() throws -> Greylist {
    var rules = GreylistRules()
    rules.wording.hostname = "gate.example"
    for flag in flags { try Self.apply(flag, to: &rules) }
    var greylist = Greylist(rules: rules)
    let clients = try Data(contentsOf: Self.directory.appending(path: "whitelist_clients"))
    #expect(greylist.clients.read(Array(clients), name: "whitelist_clients") == [])
    let recipients = try Data(contentsOf: Self.directory.appending(path: "whitelist_recipients"))
    #expect(greylist.recipients.read(Array(recipients), name: "whitelist_recipients") == [])
    return greylist
  }

  private static func apply(_ flag: String, to rules: inout GreylistRules) throws {
    let parts = flag.split(separator: "=", maxSplits: 1).map(String.init)
    let value = parts.count == 2 ? parts[1] : ""
    switch parts[0] {
    case "--lookup-by-host": rules.lookup = .host
    case "--privacy": rules.keyForm = .hashed
    case "--delay": rules.delay = try #require(Int64(value))
    case "--retry-window": rules.retryWindow = try #require(Int64(value.dropLast())) * 3600
    case "--auto-whitelist-clients": rules.autoWhitelistClients = try #require(Int64(value))
    case "--greylist-action": rules.wording.action = try #require(GreylistAction(value.utf8))
    case "--greylist-text": rules.wording.text = Array(value.utf8)
    case "--x-greylist-header": rules.wording.header = Array(value.utf8)
    case "--ipv4cidr": rules.lookup = .subnet(v4: try #require(Int(value)), v6: 127)
    case "--ipv6cidr": break
    default: Issue.record("no such flag: \(flag)")
    }
  }

  /// The bytes of a recorded string.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  /// A string with one character a byte.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
