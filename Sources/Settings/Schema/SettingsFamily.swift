/// Where the tables of a family end up: `[auth.service.NAME]` in one dictionary by service name.
struct SettingsFamily<Name: Hashable & Sendable, Member: Equatable & Sendable>: Sendable {
  /// Where the member of a name is.
  typealias Place = WritableKeyPath<Settings, Member?> & Sendable

  /// The tables that it stands in, and its own word: `auth.service`.
  let name: String
  /// What stands for a name in a manual.
  let placeholder: String
  /// What a name is, in words.
  let says: String
  /// What the manual shows as the defaults.
  let empty: Member
  /// What a table without any key means.
  let make: @Sendable (Name) -> Member
  let place: @Sendable (Name) -> any Place
  /// Nil for what is no name of a member.
  let parse: @Sendable (String) -> Name?

  func table(summary: String, keys: [SettingsKey]) -> SettingsTable {
    SettingsTable(
      name: name, summary: summary, keys: keys,
      members: SettingsTable.Members(placeholder: placeholder) { text, settings, line throws(Misfits) in
        guard let member = parse(text) else { throw Misfits("\(quoted(text)) is not \(says)", line: line) }
        // Names are compared lower-cased, and TOML's keys aren't.
        guard settings[keyPath: place(member)] == nil else {
          throw Misfits("\(quoted(text)) is given twice", line: line)
        }
        settings[keyPath: place(member)] = make(member)
      })
  }

  /// A key that has a default.
  func key<Value>(
    _ name: String, _ type: ValueType<Value>, at key: any WritableKeyPath<Member, Value> & Sendable,
    _ summary: String
  ) -> SettingsKey {
    SettingsKey(
      name: name, takes: type.says, summary: summary, shipped: type.write(empty[keyPath: key]),
      isNeeded: false, decode: decode(type) { $0[keyPath: key] = $1 })
  }

  /// A key without which something else holds.
  func key<Value>(
    _ name: String, _ type: ValueType<Value>, at key: any WritableKeyPath<Member, Value?> & Sendable,
    _ summary: String
  ) -> SettingsKey {
    SettingsKey(
      name: name, takes: type.says, summary: summary, shipped: nil, isNeeded: false,
      decode: decode(type) { $0[keyPath: key] = $1 })
  }

  /// A key without which a table says nothing.
  func neededKey<Value>(
    _ name: String, _ type: ValueType<Value>, at key: any WritableKeyPath<Member, Value> & Sendable,
    _ summary: String
  ) -> SettingsKey {
    SettingsKey(
      name: name, takes: type.says, summary: summary, shipped: nil, isNeeded: true,
      decode: decode(type) { $0[keyPath: key] = $1 })
  }

  /// The key that all of a table is about.
  func neededKey(_ name: String, _ type: ValueType<Member>, _ summary: String) -> SettingsKey {
    SettingsKey(
      name: name, takes: type.says, summary: summary, shipped: nil, isNeeded: true,
      decode: decode(type) { $0 = $1 })
  }

  private func decode<Value>(
    _ type: ValueType<Value>, set: @escaping @Sendable (inout Member, Value) -> Void
  ) -> SettingsKey.Decode {
    { node, text, settings throws(Misfits) in
      let value = try type.read(node)
      // A table whose name is none is noted already, and goes nowhere.
      guard let name = parse(text) else { return }
      var member = settings[keyPath: place(name)] ?? make(name)
      set(&member, value)
      settings[keyPath: place(name)] = member
    }
  }
}
