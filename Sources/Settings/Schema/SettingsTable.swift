/// One table of postern.toml, or all the tables of a family: those of one shape that the administrator names.
package struct SettingsTable: Sendable {
  /// With the tables that it stands in: `auth.cache`.
  package let name: String
  package let summary: String
  package let keys: [SettingsKey]
  /// What a family's tables are told apart by; nil for a table that is there once.
  let members: Members?

  init(name: String, summary: String, keys: [SettingsKey]) {
    self.init(name: name, summary: summary, keys: keys, members: nil)
  }

  init(name: String, summary: String, keys: [SettingsKey], members: Members?) {
    self.name = name
    self.summary = summary
    self.keys = keys
    self.members = members
  }

  /// What its brackets hold in a manual: `auth.service.NAME`.
  package var heading: String { members.map { "\(name).\($0.placeholder)" } ?? name }

  /// The names of a family's tables.
  struct Members: Sendable {
    /// What stands for a name in a manual.
    let placeholder: String
    /// Makes room for the table of that name; why that can't be is what it throws.
    let add: @Sendable (String, inout Settings, _ line: Int) throws(Misfits) -> Void
  }
}
