import Control
import FoundationEssentials

/// The answers about the greylist as one JSON object: times are Unix seconds, bytes that are no UTF-8 become U+FFFD.
struct GreylistJSON: Encodable {
  /// What there may be several of; such a list is there even when it is empty.
  enum List: String {
    case triplets
    case awaited
    case notes
  }

  private let lines: [ControlLine]
  private let lists: [List]

  static func text(_ lines: [ControlLine], lists: [List]) throws -> String {
    try JSONText.line(GreylistJSON(lines: lines, lists: lists + [.notes]))
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: FieldName.self)
    for list in lists {
      let ofList = lines.filter { Self.list(of: $0.kind) == list }
      if list == .notes {
        try object.encode(
          ofList.map { String(decoding: $0.text("text") ?? [], as: UTF8.self) },
          forKey: FieldName(list.rawValue))
      } else {
        try object.encode(ofList.map(Fields.init), forKey: FieldName(list.rawValue))
      }
    }
    for line in lines where Self.list(of: line.kind) == nil {
      // What ends a list stands beside it.
      if line.kind == "end" {
        try Fields(line: line).encode(into: &object)
      } else {
        try object.encode(Fields(line: line), forKey: FieldName(line.kind))
      }
    }
  }

  private static func list(of kind: String) -> List? {
    switch kind {
    case "triplet": .triplets
    case "awaited": .awaited
    case "note": .notes
    default: nil
    }
  }
}

/// A line's fields as an object.
private struct Fields: Encodable {
  let line: ControlLine

  /// 0 and 1 on the wire.
  private static let truths: Set<String> = ["passed", "whitelisted", "more"]

  init(line: ControlLine) { self.line = line }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: FieldName.self)
    try encode(into: &object)
  }

  func encode(into object: inout KeyedEncodingContainer<FieldName>) throws {
    for field in line.fields {
      switch field.value {
      case .text(let bytes):
        try object.encode(String(decoding: bytes, as: UTF8.self), forKey: FieldName(field.name))
      case .number(let number) where Self.truths.contains(field.name):
        try object.encode(number != 0, forKey: FieldName(field.name))
      case .number(let number): try object.encode(number, forKey: FieldName(field.name))
      }
    }
  }
}
