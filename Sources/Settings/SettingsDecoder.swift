import Credentials

/// Makes settings of a document by the schema, and notes everything that doesn't fit.
struct SettingsDecoder {
  private let place: String
  private(set) var settings = Settings()
  private(set) var errors: [SettingsError] = []
  /// Where each table and key stands that was met.
  private(set) var lines: [String: Int] = [:]

  /// Decodes all of `document`.
  ///
  /// - Parameters:
  ///   - document: the file, read.
  ///   - place: the file's name for messages.
  /// - Returns: the defaults, and what the document says instead.
  /// - Throws: every error, not only the first.
  static func decode(_ document: TOMLDocument, place: String) throws(SettingsErrors) -> Settings {
    var decoder = SettingsDecoder(place: place)
    for entry in document.entries { decoder.decodeTable(entry, named: entry.key) }
    decoder.checkTogether()
    guard decoder.errors.isEmpty else { throw SettingsErrors(decoder.errors) }
    return decoder.settings
  }

  private init(place: String) { self.place = place }

  // MARK: Tables

  private mutating func decodeTable(_ entry: TOMLEntry, named name: String) {
    guard let table = Settings.schema.first(where: { $0.name == name }) else {
      return note(unknown: name, line: entry.node.line)
    }
    guard case .table(let entries) = entry.node.content else {
      return note("a table is expected: [\(table.heading)]", key: name, line: entry.node.line)
    }
    guard let members = table.members else {
      for entry in entries { decode(entry, in: table) }
      return
    }
    for entry in entries { decodeMember(entry, of: table, members) }
  }

  /// An entry of a table that is there once: a key, or a table of its own.
  private mutating func decode(_ entry: TOMLEntry, in table: SettingsTable) {
    let name = "\(table.name).\(entry.key)"
    if Settings.schema.contains(where: { $0.name == name }) { return decodeTable(entry, named: name) }
    let known = table.keys.first { $0.name == entry.key }
    guard let key = known ?? table.keys.first(where: \.isNamedByAdministrator) else {
      return note(unknown: name, line: entry.node.line)
    }
    let shown = known == nil ? "\(table.name).\(Self.tomlKey(entry.key))" : name
    decode(entry.node, as: key, named: shown, member: entry.key)
  }

  private mutating func decodeMember(
    _ entry: TOMLEntry, of table: SettingsTable, _ members: SettingsTable.Members
  ) {
    let name = "\(table.name).\(Self.tomlKey(entry.key))"
    lines[name] = entry.node.line
    guard case .table(let entries) = entry.node.content else {
      return note("a table is expected: [\(name)]", key: name, line: entry.node.line)
    }
    do throws(Misfits) {
      try members.add(entry.key, &settings, entry.node.line)
    } catch {
      note(error, key: name)
    }
    for inner in entries {
      guard let key = table.keys.first(where: { $0.name == inner.key }) else {
        note(unknown: inner, in: entry.key, of: table)
        continue
      }
      decode(inner.node, as: key, named: "\(name).\(key.name)", member: entry.key)
    }
    // A name that lacks its quotes is a table in a table, and said to be.
    guard !entries.contains(where: \.node.isTable) else { return }
    for key in table.keys where key.isNeeded && !entries.contains(where: { $0.key == key.name }) {
      note("is missing", key: "\(name).\(key.name)", line: entry.node.line)
    }
  }

  private mutating func decode(
    _ node: TOMLNode, as key: SettingsKey, named name: String, member: String = ""
  ) {
    lines[name] = node.line
    do throws(Misfits) {
      try key.decode(node, member, &settings)
    } catch {
      // Whoever writes a table here has its name wrong.
      let tables = node.isTable ? Settings.schema.map(\.name) : []
      note(error, key: name, otherwise: Spelling.nearest(to: name, among: tables))
    }
  }

  // MARK: Keys that have to fit each other

  private mutating func checkTogether() {
    if isSound("auth.services") { checkServiceTables() }
    // The tables of services, too, begin like this.
    if isSound("auth.workers"), !errors.contains(where: { $0.key?.hasPrefix("auth.service") == true }) {
      checkCrews()
    }
    checkPolicy()
  }

  /// A table for a service that nobody may ask for is a slip, or forgotten.
  private mutating func checkServiceTables() {
    let allowed = settings.auth.services
    let forgotten = settings.auth.serviceSettings.keys.filter { !allowed.contains($0) }
    for service in forgotten.sorted(by: { $0.description < $1.description }) {
      let line = lines.first { $0.key.lowercased() == Self.table(of: service) }?.value
      let near = Spelling.nearest(to: service.description, among: allowed.map(\.description))
      note(
        "this service is not in auth.services; mend: add it there, or remove the table",
        key: Self.table(of: service), line: line,
        suggestion: near.flatMap { ServiceName($0) }.map(Self.table))
    }
  }

  private mutating func checkCrews() {
    let crews = settings.auth.crews.count
    guard crews * settings.auth.workers > AuthSettings.mostWorkers else { return }
    note(
      """
      \(settings.auth.workers) are too many: the allow_* of the services make \(crews) kinds of workers, and all \
      together may be \(AuthSettings.mostWorkers); mend: at most \(AuthSettings.mostWorkers / crews), or fewer kinds
      """, key: "auth.workers", line: lines["auth.workers"])
  }

  func isSound(_ key: String) -> Bool { !errors.contains { $0.key == key } }

  // MARK: Notes

  private mutating func note(unknown name: String, line: Int) {
    note("unknown key", key: name, line: line, suggestion: Self.known(like: name))
  }

  /// An unknown entry of a family's table: a slip, or a dotted name whose quotes are missing.
  private mutating func note(unknown entry: TOMLEntry, in member: String, of table: SettingsTable) {
    let name = "\(table.name).\(Self.tomlKey(member))"
    let near = Spelling.nearest(to: entry.key, among: table.keys.map(\.name)).map { "\(name).\($0)" }
    let suggestion =
      entry.node.isTable
      ? "\(table.name).\(quoted("\(member).\(Self.dotted(entry))"))"
      : near ?? Self.known(like: "\(name).\(entry.key)")
    note("unknown key", key: "\(name).\(entry.key)", line: entry.node.line, suggestion: suggestion)
  }

  private mutating func note(_ misfits: Misfits, key: String, otherwise: String? = nil) {
    for misfit in misfits.all {
      note(misfit.reason, key: key, line: misfit.line, suggestion: misfit.suggestion ?? otherwise)
    }
  }

  mutating func note(_ reason: String, key: String, line: Int?, suggestion: String? = nil) {
    errors.append(SettingsError(reason, place: place, line: line, key: key, suggestion: suggestion))
  }

  // MARK: Names

  /// The known key or table that has the same name elsewhere, or that `name` is a slip of.
  private static func known(like name: String) -> String? {
    let keys = Settings.schema.flatMap { table in table.keys.map { "\(table.heading).\($0.name)" } }
    let tables = Settings.schema.map(\.name)
    // What stands in no table is a table itself, more often than not.
    let known = name.contains(".") ? keys + tables : tables + keys
    let last = name.split(separator: ".").last ?? ""
    return known.first { $0.split(separator: ".").last == last } ?? Spelling.nearest(to: name, among: known)
  }

  private static func table(of service: ServiceName) -> String {
    "auth.service.\(tomlKey(service.description))"
  }

  /// A key as a file has to have it: quoted when it isn't bare.
  static func tomlKey(_ name: String) -> String {
    let isBare = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isBare && !name.isEmpty ? name : quoted(name)
  }

  /// `b.c` of `[a.b.c]`, where the tables hold nothing else.
  private static func dotted(_ entry: TOMLEntry) -> String {
    guard case .table(let entries) = entry.node.content, let only = entries.first, entries.count == 1,
      only.node.isTable
    else { return entry.key }
    return "\(entry.key).\(dotted(only))"
  }
}

extension TOMLNode {
  fileprivate var isTable: Bool {
    if case .table = content { true } else { false }
  }
}
