/// What became of the records of one of postgrey's files.
package struct PostgreyImportCounts: Equatable, Sendable {
  /// Are in our store now.
  package var taken = 0
  /// Were there already, seen as late or later.
  package var known = 0
  /// Would be forgotten the next night, by postgrey too.
  package var expired = 0
  /// Are none that postgrey writes.
  package var malformed = 0

  package init() {}
}

/// What an import came to.
package struct PostgreyImportReport: Equatable, Sendable {
  package var triplets = PostgreyImportCounts()
  package var clients = PostgreyImportCounts()
  /// Why postgrey's log could not be used, when it couldn't: what it did last may be missing.
  package var logTrouble: PostgreyImportError?

  package init() {}
}
