import MailTypes
import TestKit
import Testing

@testable import Policy

struct NameTableTests {
  @Test func `an empty table has nothing, the empty name among it`() {
    let table = NameTable()
    #expect(table.isEmpty && !table.contains([]) && !table.contains([0x61]))
  }

  @Test func `it knows as many names as a set does, in whatever letters`() {
    var random = SeededGenerator(seed: 29)
    var table = NameTable()
    var names: Set<[UInt8]> = []
    func name() -> [UInt8] {
      (0..<Int.random(in: 0...4, using: &random)).map { _ in
        Array("abAB.@".utf8).randomElement(using: &random) ?? 0
      }
    }
    for step in 0..<2000 {
      let asked = name()
      #expect(table.contains(asked[...]) == names.contains(asked.lowercasedASCII), "\(asked)")
      guard step % 4 == 0 else { continue }
      let added = name()
      table.insert(added)
      names.insert(added.lowercasedASCII)
      #expect(table.count == names.count)
    }
  }

  @Test func `a part of a longer text is looked at alone`() {
    var table = NameTable()
    table.insert(Array("b.example".utf8))
    let text = Array("mail.B.example:25".utf8)
    #expect(table.contains(text[5..<14]))
    #expect(!table.contains(text[4..<14]) && !table.contains(text[5..<15]))
  }
}
