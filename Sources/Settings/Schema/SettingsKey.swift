/// One key of postern.toml: the single place for its name, type, default and documentation.
package struct SettingsKey: Sendable {
  /// The name within its table.
  package let name: String
  /// What it takes, in words.
  package let takes: String
  /// What it is for, a sentence or more.
  package let summary: String
  /// What an empty file means, in TOML.
  package let shipped: String
  let decode: @Sendable (TOMLNode, inout Settings) throws(Misfits) -> Void

  init<Value>(
    _ name: String, _ type: ValueType<Value>, at path: any WritableKeyPath<Settings, Value> & Sendable,
    _ summary: String
  ) {
    self.name = name
    takes = type.says
    self.summary = summary
    shipped = type.write(Settings()[keyPath: path])
    decode = { node, settings throws(Misfits) in settings[keyPath: path] = try type.read(node) }
  }
}

/// One table of postern.toml.
package struct SettingsTable: Sendable {
  package let name: String
  package let summary: String
  package let keys: [SettingsKey]
}
