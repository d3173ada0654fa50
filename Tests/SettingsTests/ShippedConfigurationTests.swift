import Glibc
import SystemCalls
import Testing

@testable import Settings

/// etc/postern/postern.toml, which administrators start from.
struct ShippedConfigurationTests {
  private static let path =
    #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/etc/postern/postern.toml"

  private let lines: [Substring]
  private let document: TOMLDocument

  init() throws {
    let bytes = try FileContents(of: Self.path, limit: SettingsFile.largest).bytes
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    document = try TOMLDocument(bytes)
  }

  @Test func `means what an empty file means`() throws {
    #expect(try SettingsDecoder.decode(document, place: "postern.toml") == Settings())
  }

  @Test func `has every table in the manual's order`() {
    #expect(document.entries.map(\.key) == Settings.schema.map(\.name))
  }

  @Test(arguments: Settings.schema.map(\.name))
  func `has every key with its default, below a comment`(name: String) throws {
    let table = try #require(Settings.schema.first { $0.name == name })
    let entry = try #require(document.entries.first { $0.key == table.name })
    guard case .table(let keys) = entry.node.content else { return #expect(Bool(false), "no table") }
    #expect(keys.map(\.key) == table.keys.map(\.name))
    for (key, entry) in zip(table.keys, keys) {
      #expect(lines[entry.node.line - 1] == "\(key.name) = \(key.shipped)")
      #expect(paragraph(above: entry.node.line).contains { $0.hasPrefix("# ") })
    }
  }

  /// The lines right above `line`, as far as the empty line before them.
  private func paragraph(above line: Int) -> [Substring] {
    Array(lines[..<(line - 1)].reversed().prefix { !$0.isEmpty })
  }
}
