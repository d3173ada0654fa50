import MailTypes

/// `list` and `table`: what is asked.
extension ScriptReader {
  mutating func readList(_ text: [UInt8]) throws(ScriptFault.Reason) {
    let (name, value) = try Self.pair(text, .list)
    guard Self.isWord(name) else { throw .listName(name) }
    var lists = lists.filter { $0.name.text != name }
    lists.append((ListName(name), [value.repairedText]))
    let isStage = { (source: RestrictionLists.Source) in RehearsalStage(rawValue: source.name.text) != nil }
    let reading = RestrictionLists.read(
      policies: lists.filter(isStage), named: lists.filter { !isStage($0) }, tables: tables,
      weightedLists: Set(rehearsed.policy.weightedLists.keys),
      shownZones: rehearsed.policy.lists.resultParser.shownZones)
    if let fault = reading.faults.first(where: { $0.list.text == name }) ?? reading.faults.first {
      if fault.reason == .shadowed { throw .listName(name) }
      throw .list(fault)
    }
    var changed = rehearsed
    changed.policy.lists = reading.lists
    changed.lists = [:]
    for stage in RehearsalStage.allCases {
      changed.lists[stage] = reading.lists.policies[ListName(stage.rawValue)].map { [$0] }
    }
    try take(changed)
    self.lists = lists
  }

  mutating func readTable(_ text: [UInt8]) throws(ScriptFault.Reason) {
    let (word, value) = try Self.pair(text, .table)
    guard let name = TableName(rehearsed: word) else { throw .tableName(word) }
    let rules = value.split(separator: UInt8(ascii: ";")).map { Array(ScriptLines.trimmed($0)) }
    let contents = Array(rules.joined(separator: [UInt8(ascii: "\n")]))
    // Lists may name it even when its rules are wrong: one fault is enough.
    tables[word] = name
    var changed = rehearsed
    do throws(TableFault) {
      // An index holds what its text says.
      changed.tables[name] =
        name.type.isListedByPostmap
        ? .exact(try ExactTable(text: contents)) : try LookupTable(name, contents: contents)
    } catch {
      throw .table("\(word): rule \(error.line): \(error.reason)")
    }
    try take(changed)
  }

  /// Goes on with a changed policy once its tables are there.
  mutating func take(_ changed: RehearsedPolicy) throws(ScriptFault.Reason) {
    var changed = changed
    for name in changed.policy.tables.sorted(by: { "\($0)" < "\($1)" }) where !missing.contains(name) {
      if changed.tables[name] == nil { changed.tables[name] = try table(name) }
      guard changed.policy.lists.tables.contains(name), let table = changed.tables[name] else { continue }
      if let fault = changed.policy.faults(in: table).first { throw .table(fault.description(of: name)) }
    }
    rehearsed = changed
  }

  private func table(_ name: TableName) throws(ScriptFault.Reason) -> LookupTable {
    if name.path != nil {
      switch sources.table(name) {
      case .table(let table): return table
      case .trouble(let reason): throw .table(reason)
      }
    }
    do throws(TableFault) {
      return try LookupTable(name, contents: [])
    } catch {
      throw .table(error.description(of: name))
    }
  }

  /// `NAME = VALUE`.
  private static func pair(
    _ text: [UInt8], _ keyword: ScriptKeyword
  ) throws(ScriptFault.Reason) -> (name: String, value: [UInt8]) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { throw .usage(keyword) }
    let name = ScriptLines.trimmed(text[..<equals])
    if name.isEmpty { throw .usage(keyword) }
    return (name.repairedText, Array(ScriptLines.trimmed(text[(equals + 1)...])))
  }
}
