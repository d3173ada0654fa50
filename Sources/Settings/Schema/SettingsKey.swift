/// One key of postern.toml: the single place for its name, type, default and documentation.
package struct SettingsKey: Sendable {
  /// What is given a value: the settings, or the named member of a family of tables.
  typealias Decode = @Sendable (TOMLNode, String, inout Settings) throws(Misfits) -> Void

  /// The name within its table.
  package let name: String
  /// What it takes, in words.
  package let takes: String
  /// What it is for, a sentence or more.
  package let summary: String
  /// What an empty file means, in TOML; nil when no value of the key says that.
  package let shipped: String?
  /// Whether its table says nothing without it.
  let isNeeded: Bool
  /// Whether the administrator chooses its name, for which `name` only stands.
  let isNamedByAdministrator: Bool
  /// Takes the value, the name of the member, and what is being put together.
  let decode: Decode

  /// A key of a table that is there once.
  init<Value>(
    _ name: String, _ type: ValueType<Value>, at path: any WritableKeyPath<Settings, Value> & Sendable,
    _ summary: String
  ) {
    self.init(
      name: name, takes: type.says, summary: summary, shipped: type.write(Settings()[keyPath: path]),
      isNeeded: false
    ) { node, _, settings throws(Misfits) in
      settings[keyPath: path] = try type.read(node)
    }
  }

  /// A key of a table that is there once, without which something else holds.
  init<Value>(
    _ name: String, _ type: ValueType<Value>, at path: any WritableKeyPath<Settings, Value?> & Sendable,
    _ summary: String
  ) {
    self.init(name: name, takes: type.says, summary: summary, shipped: nil, isNeeded: false) {
      node, _, settings throws(Misfits) in
      settings[keyPath: path] = try type.read(node)
    }
  }

  init(
    name: String, takes: String, summary: String, shipped: String?, isNeeded: Bool,
    isNamedByAdministrator: Bool = false, decode: @escaping Decode
  ) {
    self.name = name
    self.takes = takes
    self.summary = summary
    self.shipped = shipped
    self.isNeeded = isNeeded
    self.isNamedByAdministrator = isNamedByAdministrator
    self.decode = decode
  }
}
