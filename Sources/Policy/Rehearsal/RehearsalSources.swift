/// Where the files are that a script names.
package struct RehearsalSources {
  /// The contents of a file that a list of `[mail]` includes; nil when it can't be read.
  let file: (String) -> [UInt8]?
  /// A table that has a file, or why it can't be used.
  let table: (TableName) -> TableReading

  /// What reading a table comes to.
  package enum TableReading {
    case table(LookupTable)
    case trouble(String)
  }

  package init(file: @escaping (String) -> [UInt8]?, table: @escaping (TableName) -> TableReading) {
    self.file = file
    self.table = table
  }

  /// No file at all.
  package static var none: RehearsalSources {
    RehearsalSources(file: { _ in nil }, table: { .trouble("\($0): no file is read here") })
  }
}
