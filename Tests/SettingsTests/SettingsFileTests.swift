import Glibc
import SystemCalls
import TestKit
import Testing

@testable import Settings

struct SettingsFileTests {
  @Test(arguments: [
    (mode: UInt32(0o644), owner: UInt32(0), reader: UInt32(0), fault: String?.none),
    (0o664, 0, 0, nil),
    (0o646, 0, 0, "everybody may write to it; mend: chmod o-w /f"),
    (0o602, 1000, 1000, "everybody may write to it; mend: chmod o-w /f"),
    (0o644, 1000, 0, "it does not belong to root; mend: chown root /f"),
    (0o644, 1000, 1000, nil),
    (0o644, 1000, 1001, nil),
  ])
  func `is trusted when only its administrator can write`(
    mode: UInt32, owner: UInt32, reader: UInt32, fault: String?
  ) {
    let file = FileContents(bytes: [], owner: owner, mode: mode)
    #expect(SettingsFile.distrust(of: file, at: "/f", reader: reader) == fault)
  }

  @Test func `a file that everybody may write to is refused by its path`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("", to: "postern.toml")
    chmod(path, 0o646)
    Self.expectFault("\(path): everybody may write to it; mend: chmod o-w \(path)", at: path)
  }

  @Test func `a missing file is named`() {
    Self.expectFault("/nonexistent/postern.toml: No such file or directory", at: "/nonexistent/postern.toml")
  }

  @Test func `neither directories nor pipes are read`() throws {
    let directory = try TemporaryDirectory()
    Self.expectFault("\(directory.path): not a regular file", at: directory.path)
    let pipe = "\(directory.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    Self.expectFault("\(pipe): not a regular file", at: pipe)
  }

  @Test func `a huge file is refused`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(String(repeating: "#", count: SettingsFile.largest), to: "postern.toml")
    #expect(try SettingsFile.load(path) == Settings())
    try directory.write(String(repeating: "#", count: SettingsFile.largest + 1), to: "postern.toml")
    Self.expectFault("\(path): larger than 262144 bytes", at: path)
  }

  private static func expectFault(_ message: String, at path: String) {
    let thrown = #expect(throws: SettingsErrors.self) { try SettingsFile.load(path) }
    #expect(thrown?.errors.map(\.description) == [message])
  }
}
