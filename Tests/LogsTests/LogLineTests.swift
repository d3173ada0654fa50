import Foundation
import TestKit
import Testing

@testable import Logs

@Suite struct LogLineTests {
  @Test func `fields follow the words in the order in which they were added`() {
    var line = LogLine("auth")
    line.add(.result, "refused")
    line.add(.id, "7c2f2")
    line.add(.login, "bob smith")
    line.add(.realm, "")
    line.add(.reason, "bad_password")
    line.add(.ms, 1840)
    #expect(
      line.description
        == #"auth result=refused id=7c2f2 login="bob smith" realm= reason=bad_password ms=1840"#)
    #expect(
      String(decoding: line.json(leading: []), as: UTF8.self)
        == #"{"event":"auth","result":"refused","id":"7c2f2","login":"bob smith","realm":"","#
        + #""reason":"bad_password","ms":1840}"#)
  }

  @Test func `saslauthd's wording is the real one's, with ours after it`() {
    var line = LogLine(saslauthd: "auth failure:", function: "do_auth")
    line.bracket(.user, "nobody")
    line.bracket(.service, "smtp")
    line.bracket(.realm, "")
    line.bracket(.mech, "shadow")
    line.bracket(.reason, "Incorrect password")
    line.add(.id, "1f")
    let text =
      "auth failure: [user=nobody] [service=smtp] [realm=] [mech=shadow] [reason=Incorrect password] id=1f"
    #expect(line.description == text)
    #expect(line.text(namingFunction: true) == Array("do_auth         : \(text)".utf8))
  }

  @Test func `a login can't forge a field`() {
    var line = LogLine(saslauthd: "auth failure:", function: "do_auth")
    line.bracket(.user, "x] [reason=none")
    line.add(.login, "x\" result=accepted")
    line.add(.remote, "y\nauth result=accepted")
    #expect(
      line.description
        == #"auth failure: [user=x\x5d \x5breason=none] login="x\" result=accepted" "#
        + #"remote="y\x0aauth result=accepted""#)
  }

  @Test func `long values are cut so that those after them stay`() {
    var line = LogLine("auth")
    for key in [LogKey.login, .service, .realm, .remote] {
      line.add(key, String(repeating: "é", count: 5000))
    }
    line.add(.ms, 12)
    #expect(line.description.hasSuffix(" ms=12"))
    #expect(line.description.contains("login=\"ééé"))
    #expect(line.description.utf8.count <= LogLine.longest)
  }

  /// Any bytes in any place, of any length: one line, nothing invisible, well-formed, not too long.
  @Test(arguments: 0..<10)
  func `nothing that comes from outside breaks a line`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<50 {
      var line =
        Bool.random(using: &random)
        ? LogLine(saslauthd: text(&random), function: text(&random)) : LogLine(text(&random))
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        switch Int.random(in: 0...3, using: &random) {
        case 0: line.add(.login, bytes: bytes(&random))
        case 1: line.bracket(.user, bytes: bytes(&random))
        case 2: line.add(.count, Int.random(in: .min ... .max, using: &random))
        default: line.add(foreign: text(&random), text(&random))
        }
      }
      let json = line.json(leading: [])
      for written in [line.text(namingFunction: false), line.text(namingFunction: true), json] {
        #expect(written.count <= LogLine.longest)
        let scalars = try #require(String(validating: written, as: UTF8.self)).unicodeScalars
        let isVisible = scalars.allSatisfy {
          $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
            && !$0.properties.isNoncharacterCodePoint && $0 != "\u{2028}" && $0 != "\u{2029}"
        }
        #expect(isVisible)
      }
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json)) }
    }
  }

  private func bytes(_ random: inout SeededGenerator) -> [UInt8] {
    let count = [0, 1, 5, 40, 300, 3000].randomElement(using: &random) ?? 0
    return switch Int.random(in: 0...2, using: &random) {
    case 0: (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    case 1: (0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    default: Array(text(&random).utf8)
    }
  }

  private func text(_ random: inout SeededGenerator) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7E, 0x80...0x7FF, 0x2000...0x206F, 0xE0000...0xE007F,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...400, using: &random) {
      let range = ranges.randomElement(using: &random) ?? 0...0
      text.unicodeScalars.append(Unicode.Scalar(UInt32.random(in: range, using: &random)) ?? " ")
    }
    return text
  }
}
