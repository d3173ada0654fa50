import Foundation
import Testing

/// What the built programs pull in, as the loader sees it.
@Suite struct LinkageTests {
  @Test(arguments: ["posternd", "postern-auth", "postern-policy", "postern-worker"])
  func `a daemon links no Foundation`(_ program: String) throws {
    let libraries = try libraries(of: program)
    #expect(libraries.contains { $0.hasPrefix("libswiftCore") })
    #expect(!libraries.contains { $0.contains("Foundation") || $0.contains("icu") }, "\(libraries)")
  }

  @Test(arguments: ["posternd", "postern-auth", "postern-policy", "postern", "testauth"])
  func `only a worker links the libraries that check passwords`(_ program: String) throws {
    let libraries = try libraries(of: program)
    #expect(!libraries.contains { $0.hasPrefix("libpam.") || $0.hasPrefix("libcrypt.") }, "\(libraries)")
  }

  @Test(arguments: ["posternd", "postern-auth", "postern-worker"])
  func `only who judges mail links what asks the DNS`(_ program: String) throws {
    let libraries = try libraries(of: program)
    #expect(!libraries.contains { $0.hasPrefix("libcares.") || $0.hasPrefix("libresolv.") }, "\(libraries)")
  }

  @Test func `a worker links libpam`() throws {
    #expect(try libraries(of: "postern-worker").contains { $0.hasPrefix("libpam.") })
  }

  /// Names of the shared objects, those that others need too.
  private func libraries(of program: String) throws -> [String] {
    let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: program)
    let output = Pipe()
    let ldd = Process()
    ldd.executableURL = URL(filePath: "/usr/bin/ldd")
    ldd.arguments = [built.path]
    ldd.standardOutput = output
    try ldd.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    ldd.waitUntilExit()
    try #require(ldd.terminationStatus == 0, "ldd \(built.path)")
    return text.split(separator: "\n").compactMap { $0.split(separator: " ").first }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }
}
