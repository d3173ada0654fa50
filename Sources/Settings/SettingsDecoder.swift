/// Makes settings of a document by the schema, and notes everything that doesn't fit.
struct SettingsDecoder {
  private let place: String
  private var settings = Settings()
  private var errors: [SettingsError] = []

  /// Decodes all of `document`.
  ///
  /// - Parameters:
  ///   - document: the file, read.
  ///   - place: the file's name for messages.
  /// - Returns: the defaults, and what the document says instead.
  /// - Throws: every error, not only the first.
  static func decode(_ document: TOMLDocument, place: String) throws(SettingsErrors) -> Settings {
    var decoder = SettingsDecoder(place: place)
    for entry in document.entries { decoder.decodeTable(entry) }
    guard decoder.errors.isEmpty else { throw SettingsErrors(decoder.errors) }
    return decoder.settings
  }

  private init(place: String) { self.place = place }

  private mutating func decodeTable(_ entry: TOMLEntry) {
    guard let table = Settings.schema.first(where: { $0.name == entry.key }) else {
      return note(unknown: entry.key, line: entry.node.line)
    }
    guard case .table(let entries) = entry.node.content else {
      return note("a table is expected: [\(table.name)]", key: table.name, line: entry.node.line)
    }
    for entry in entries { decode(entry, in: table) }
  }

  private mutating func decode(_ entry: TOMLEntry, in table: SettingsTable) {
    let name = "\(table.name).\(entry.key)"
    guard let key = table.keys.first(where: { $0.name == entry.key }) else {
      return note(unknown: name, line: entry.node.line)
    }
    do throws(Misfits) {
      try key.decode(entry.node, &settings)
    } catch {
      for misfit in error.all {
        note(misfit.reason, key: name, line: misfit.line, suggestion: misfit.suggestion)
      }
    }
  }

  private mutating func note(unknown name: String, line: Int) {
    note("unknown key", key: name, line: line, suggestion: Self.known(like: name))
  }

  private mutating func note(_ reason: String, key: String, line: Int, suggestion: String? = nil) {
    errors.append(SettingsError(reason, place: place, line: line, key: key, suggestion: suggestion))
  }

  /// The known key that `name` is a slip of, or the one of that name in another table.
  private static func known(like name: String) -> String? {
    let keys = Settings.schema.flatMap { table in table.keys.map { "\(table.name).\($0.name)" } }
    let last = name.split(separator: ".").last ?? ""
    return Spelling.nearest(to: name, among: keys + Settings.schema.map(\.name))
      ?? keys.first { $0.split(separator: ".").last == last }
  }
}
