import CTOML

/// A TOML document, read.
struct TOMLDocument: Equatable, Sendable {
  /// The entries of the root table, in the order of the file.
  let entries: [TOMLEntry]

  /// Reads TOML 1.0.
  ///
  /// - Throws: the first thing that is no TOML.
  init(_ bytes: [UInt8]) throws(TOMLSyntaxError) {
    let parsed = bytes.withUnsafeBytes { buffer in
      ctoml_parse(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    guard let document = parsed else {
      throw TOMLSyntaxError(line: 0, reason: "no memory to read it")
    }
    defer { ctoml_free(document) }

    var line: UInt32 = 0
    if let reason = ctoml_error(document, &line) {
      throw TOMLSyntaxError(line: Int(line), reason: String(cString: reason))
    }
    let values = (0..<ctoml_count(document)).map { ctoml_at(document, $0) }
    var children: [Int: [Int]] = [:]
    for (index, value) in values.enumerated() {
      children[value.parent, default: []].append(index)
    }
    let tree = TOMLTree(values: values, children: children)
    entries = tree.entries(of: -1)
  }
}

/// What makes a file no TOML, and where.
struct TOMLSyntaxError: Error, Equatable {
  /// 0 when unknown.
  let line: Int
  let reason: String
}

/// The flat list of the C side while it is being made into nodes; holds pointers into the document.
private struct TOMLTree {
  let values: [ctoml_value]
  let children: [Int: [Int]]

  func entries(of parent: Int) -> [TOMLEntry] {
    let entries = children[parent, default: []].map { index in
      TOMLEntry(key: text(values[index].key, values[index].key_length), node: node(at: index))
    }
    // toml++ keeps tables sorted by key.
    return entries.sorted { $0.node.line < $1.node.line }
  }

  private func node(at index: Int) -> TOMLNode {
    let value = values[index]
    return TOMLNode(content: content(of: value, at: index), line: Int(value.line))
  }

  private func content(of value: ctoml_value, at index: Int) -> TOMLNode.Content {
    switch value.type {
    case CTOML_TABLE: .table(entries(of: index))
    case CTOML_ARRAY: .array(children[index, default: []].map { node(at: $0) })
    case CTOML_STRING: .string(text(value.text, value.text_length))
    case CTOML_INTEGER: .integer(value.integer)
    case CTOML_BOOLEAN: .boolean(value.boolean)
    case CTOML_FLOAT: .float
    default: .dateOrTime
    }
  }

  private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    return String(decoding: bytes, as: UTF8.self)
  }
}
