import Glibc
import SystemCalls
import Testing

@testable import Settings

/// etc/postern/postern.toml, which administrators start from.
struct ShippedConfigurationTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/etc/postern/postern.toml"

  /// What the examples call what the administrator names; their lines have a `#` and no blank after it.
  private static let names = [
    "auth.service": "imap", "auth.realm": "\"example.org\"", "policy": "recipient", "lists": "residential",
    "dns.zone": "\"rbl.example\"", "dnsbl": "reputation",
  ]

  private let text: String
  /// The lines with the examples in force.
  private let lines: [Substring]

  init() throws {
    text = String(decoding: try FileContents(of: Self.path, limit: SettingsFile.largest).bytes, as: UTF8.self)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && line.count > 1 && !line.hasPrefix("# ") ? line.dropFirst() : line
    }
  }

  @Test func `means what an empty file means`() throws {
    #expect(try SettingsFile.decode(Array(text.utf8), place: "postern.toml") == Settings())
  }

  @Test func `has examples that can be taken as they are`() throws {
    let settings = try SettingsFile.decode(
      Array(lines.joined(separator: "\n").utf8), place: "postern.toml")
    #expect(settings.auth.serviceSettings.count == 1)
    #expect(settings.auth.realmMechanisms.count == 1)
    #expect(settings.auth.crews == [[]])
    #expect(settings.policy.map(\.name) == ["recipient"])
    #expect(Array(settings.lists.keys) == ["residential"])
    #expect(Array(settings.dns.zones.keys) == ["rbl.example"])
    #expect(settings.dnsbl["reputation"]?.sites.items.count == 3)
    #expect(settings.mail.given.count == MailParameter.allCases.count)
    #expect(Set(settings.parameters.keys) == Set(RestrictionParameter.all.map(\.name)))
  }

  @Test func `has every table in the manual's order`() {
    let headings = lines.filter { $0.hasPrefix("[") }.map(String.init)
    #expect(headings == Settings.schema.map(Self.heading))
  }

  @Test(arguments: Settings.schema.map(\.name))
  func `has every key with its default, below a comment`(name: String) throws {
    let table = try #require(Settings.schema.first { $0.name == name })
    let start = try #require(lines.firstIndex { $0 == Self.heading(of: table) })
    let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("[") } ?? lines.endIndex
    let keys = lines.indices[start..<end].filter { lines[$0].contains(" = ") && !lines[$0].hasPrefix("#") }
    let expected = table.keys.map { $0.isNamedByAdministrator ? Self.names[name] : $0.name }
    #expect(keys.map { String(lines[$0].prefix { $0 != " " }) } == expected)
    for (key, line) in zip(table.keys, keys) {
      if let shipped = key.shipped { #expect(lines[line] == "\(key.name) = \(shipped)") }
      #expect(paragraph(above: line).contains { $0.hasPrefix("# ") })
    }
  }

  private static func heading(of table: SettingsTable) -> String {
    guard table.members != nil, let name = names[table.name] else { return "[\(table.name)]" }
    return "[\(table.name).\(name)]"
  }

  /// The lines right above `line`, as far as the empty line before them.
  private func paragraph(above line: Int) -> [Substring] {
    Array(lines[..<line].reversed().prefix { !$0.isEmpty })
  }
}
