/// One value of a TOML document and the line it stands on.
struct TOMLNode: Equatable, Sendable {
  indirect enum Content: Equatable, Sendable {
    case table([TOMLEntry])
    case array([TOMLNode])
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    case float
    case dateOrTime
  }

  let content: Content
  let line: Int

  /// What it is, for "… is expected, not …".
  var kind: String {
    switch content {
    case .table: "a table"
    case .array: "an array"
    case .string: "a string"
    case .integer: "a number"
    case .boolean: "true or false"
    case .float: "a number with a fraction"
    case .dateOrTime: "a date or time"
    }
  }
}

/// A key of a TOML table and its value.
struct TOMLEntry: Equatable, Sendable {
  let key: String
  let node: TOMLNode
}
