import Foundation
import MailTypes
import TestKit
import Testing

@testable import Policy

/// Random tables, asked by Postfix's own `postmap -q` and by ours.
struct PostmapAgreementTests {
  static let postmap = "/usr/sbin/postmap"
  private static let tables = 40

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: postmap), "Postfix isn't installed here"),
    arguments: ["texthash", "cidr", "regexp"])
  func `tables say what Postfix's say`(type: String) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "postmap-\(type)-\(getpid())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data("compatibility_level = 3.6\nmyhostname = lab.example\nmydomain = example\n".utf8).write(
      to: directory.appending(path: "main.cf"))
    let path = directory.appending(path: "table").path
    var random = SeededGenerator(seed: 7)
    var found = 0
    for _ in 0..<Self.tables {
      let text = RandomTable.text(type, &random)
      let keys = RandomTable.keys(type, &random)
      try Data(text.utf8).write(to: URL(filePath: path))
      // Postfix waits a second or two for a file that was just written.
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
      let name = try TableName("\(type):\(path)")
      // Postfix passes over a rule that is none, where we refuse the table.
      guard let table = try? LookupTable(name, contents: Array(text.utf8)) else { continue }
      let theirs = try Self.ask(name, keys, configuration: directory.path)
      let ours = keys.compactMap { key -> String? in
        if case .found(let value) = table[Array(key.utf8)] { "\(key)\t\(value.repairedText)" } else { nil }
      }
      found += ours.count
      #expect(ours == theirs, "\(text)")
    }
    #expect(found > Self.tables / 2, "tables have something for a key")
  }

  private static func ask(_ table: TableName, _ keys: [String], configuration: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: postmap)
    process.arguments = ["-c", configuration, "-q", "-", "\(table)"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(Data(keys.map { "\($0)\n" }.joined().utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text.split(separator: "\n").map(String.init)
  }
}
