import TestKit

/// Tables and keys of few different names, so that they often meet.
enum RandomTable {
  private static let words = [
    "a", "b.example", "MX.b.example", "192.0.2.1", "u@b.example", "\"x y\"", "2001:db8::1",
  ]
  private static let networks = [
    "192.0.2.0/24", "192.0.2.1", "0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32", "[2001:db8::]/48", "::/0",
    "192.0.2.0/25",
    "[192.0.2.200]", "[10.1.0.0/16]",
  ]
  private static let expressions = [
    "/a/", "/^A$/i", "/(b|example)/", "/^(.*)@(.*)$/", "!/b/", "/^u@/!/example$/", "|^192\\.0|", "/x y/",
    "/[[:digit:]]+/",
    "/^(mx)?\\.?b/m", "/a.*(b)?/", "! /2001/",
  ]
  private static let results = ["OK", "REJECT  two  words ", "550 5.1.1 no\t", "x#y", "\"quoted\""]
  private static let replacements = ["OK", "REJECT $$x", "got $1", "${1} and $1", "$(1)", "no $2"]

  static func text(_ type: String, _ random: inout SeededGenerator) -> String {
    var depth = 0
    var lines: [String] = []
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: lines.append(pick(["# comment", "", "   ", "  # more"], &random))
      case 1 where lines.last?.isEmpty == false: lines.append("  \(pick(["more", "and more  "], &random))")
      case 2 where type != "texthash":
        lines.append(
          "\(pick(["if", "IF"], &random)) \(pick(["", "!", "! "], &random))\(condition(type, &random))")
        depth += 1
      case 3 where depth > 0:
        lines.append(pick(["endif", "ENDIF  "], &random))
        depth -= 1
      default: lines.append(rule(type, &random))
      }
    }
    return (lines + Array(repeating: "endif", count: depth)).joined(separator: "\n") + "\n"
  }

  private static func rule(_ type: String, _ random: inout SeededGenerator) -> String {
    switch type {
    case "texthash": "\(pick(words, &random))\(pick([" ", "\t ", "   "], &random))\(pick(results, &random))"
    case "cidr": "\(pick(["", "", "!", "!!"], &random))\(pick(networks, &random)) \(pick(results, &random))"
    default: "\(pick(expressions, &random))\(pick([" ", "\t"], &random))\(pick(replacements, &random))"
    }
  }

  private static func condition(_ type: String, _ random: inout SeededGenerator) -> String {
    type == "cidr" ? pick(networks, &random) : pick(["/a/", "/^u@/", "/[0-9]/", "/EXAMPLE/i"], &random)
  }

  static func keys(_ type: String, _ random: inout SeededGenerator) -> [String] {
    let more = [
      "192.0.2.200", "10.1.2.3", "2001:DB8:0:1::5", "::ffff:192.0.2.1", "B.EXAMPLE", "mx.b.example", "x y",
    ]
    return Array((words + more).shuffled(using: &random).prefix(10))
  }

  private static func pick(_ choices: [String], _ random: inout SeededGenerator) -> String {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
