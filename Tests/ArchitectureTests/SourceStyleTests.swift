import Foundation
import Testing

/// House rules that no linter knows.
@Suite struct SourceStyleTests {
  private static let all = Result {
    try ["Sources", "Tests", "Benchmarks"].flatMap(SourceTree.files(under:))
  }

  @Test func `things are named for what they are`() throws {
    let empty = /\b(?:class|struct|enum|actor|protocol)\s+\w*(?:Utils?|Helpers?|Managers?)\b/
    for file in try Self.all.get() {
      let name = file.path.split(separator: "/").last ?? ""
      #expect(name.firstMatch(of: /(?:Utils?|Helpers?|Managers?)\.swift$/) == nil, "\(file.path)")
      for line in file.lines { #expect(line.firstMatch(of: empty) == nil, "\(file.path): \(line)") }
    }
  }

  @Test func `whoever overrules the compiler about threads says why it is safe`() throws {
    for file in try Self.all.get() where !file.path.hasPrefix("Tests/ArchitectureTests") {
      for (number, line) in file.lines.enumerated()
      where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
        let above = number > 0 ? file.lines[number - 1].trimmingCharacters(in: .whitespaces) : ""
        #expect(above.hasPrefix("//"), "\(file.path):\(number + 1) needs a comment")
      }
    }
  }

  @Test func `nothing is put off to later`() throws {
    for file in try Self.all.get() where !file.path.hasPrefix("Tests/ArchitectureTests") {
      for (number, line) in file.lines.enumerated() {
        #expect(line.firstMatch(of: /\b(?:TODO|FIXME|XXX)\b/) == nil, "\(file.path):\(number + 1)")
      }
    }
  }
}
