import Control
import FoundationEssentials

/// Decisions and the steps that led to them as one JSON array of objects, in the order of the answer; `kind` says
/// which is which.
enum DecisionJSON {
  static func text(_ lines: [ControlLine]) throws -> String {
    try JSONText.line(lines.map(Line.init))
  }

  private struct Line: Encodable {
    let line: ControlLine

    init(_ line: ControlLine) { self.line = line }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: FieldName.self)
      try object.encode(line.kind, forKey: FieldName("kind"))
      for field in line.fields {
        switch field.value {
        case .number(let number): try object.encode(number, forKey: FieldName(field.name))
        case .text(let text):
          try object.encode(String(decoding: text, as: UTF8.self), forKey: FieldName(field.name))
        }
      }
    }
  }
}
