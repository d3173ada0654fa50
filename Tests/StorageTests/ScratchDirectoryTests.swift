import Foundation
import Glibc
import TestKit
import Testing

@testable import Storage

@Suite struct ScratchDirectoryTests {
  private let parent: TemporaryDirectory

  init() throws { parent = try TemporaryDirectory() }

  private func make(_ name: String, mode: mode_t = 0o700) throws {
    try #require(mkdir("\(parent.path)/\(name)", 0o700) == 0 && chmod("\(parent.path)/\(name)", mode) == 0)
    try parent.write("copy", to: name + "/postgrey.db")
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: parent.path).sorted() }
  }

  @Test func `it goes away with its owner, and what is in it`() throws {
    do {
      let scratch = try ScratchDirectory(in: parent.path)
      try "copy".write(toFile: scratch.path + "/postgrey.db", atomically: false, encoding: .utf8)
      #expect(try names.count == 1)
    }
    #expect(try names == [])
  }

  @Test func `what those have left who were killed is taken away by the next`() throws {
    for name in ["aB3dE6", "zzzzzz"] { try make(".postern-import-" + name) }
    let scratch = try ScratchDirectory(in: parent.path)
    #expect(try names.map { "\(parent.path)/\($0)" } == [scratch.path])
  }

  @Test func `what is in use stays`() throws {
    let first = try ScratchDirectory(in: parent.path)
    let second = try ScratchDirectory(in: parent.path)
    #expect(try names.map { "\(parent.path)/\($0)" } == [first.path, second.path].sorted())
  }

  @Test func `what only looks like one stays`() throws {
    try make(".postern-import-long-name")
    try make(".postern-import-aaaaaa", mode: 0o755)
    try make("other")
    try parent.write("a file", to: ".postern-import-bbbbbb")
    try FileManager.default.createSymbolicLink(
      atPath: parent.path + "/.postern-import-cccccc", withDestinationPath: "other")
    let before = try names
    do { _ = try ScratchDirectory(in: parent.path) }
    #expect(try names == before)
    #expect(access(parent.path + "/other/postgrey.db", F_OK) == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root gives files away")) func `another user's stays`() throws {
    try make(".postern-import-aaaaaa")
    try #require(chown(parent.path + "/.postern-import-aaaaaa", 65534, 65534) == 0)
    do { _ = try ScratchDirectory(in: parent.path) }
    #expect(try names == [".postern-import-aaaaaa"])
  }
}
