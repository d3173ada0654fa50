import Control

/// How decisions look for people: a line each, as the log has them, and the steps that led there.
enum DecisionText {
  static func text(_ lines: [ControlLine]) -> String {
    lines.map { line in
      line.kind == "step" ? step(line) : decision(line)
    }.joined(separator: "\n")
  }

  private static func step(_ line: ControlLine) -> String {
    let waited = line.number("us").map { ", waited for \($0) µs" } ?? ""
    return "  " + GreylistText.name(line.text("text") ?? []) + waited
  }

  private static func decision(_ line: ControlLine) -> String {
    let time = line.number("time").map { "\(GreylistText.time($0)) " } ?? ""
    let fields = line.fields.filter { $0.name != "time" }.map { field in
      switch field.value {
      case .number(let number): "\(field.name)=\(number)"
      case .text(let text): "\(field.name)=\(text.isEmpty ? "" : GreylistText.name(text))"
      }
    }
    return time + line.kind + " " + fields.joined(separator: " ")
  }
}
