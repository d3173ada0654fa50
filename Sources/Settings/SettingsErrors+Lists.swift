extension Settings {
  /// What is wrong with an item of a restriction list, as whoever reads the list has found.
  ///
  /// - Parameters:
  ///   - name: the listener's, or that of a list of `[lists]`; the two never share one.
  ///   - item: counted from 1; 0 for the list as a whole.
  ///   - reason: what is wrong.
  ///   - suggestion: what was meant.
  ///   - source: where these settings are from.
  /// - Returns: an error that names the line of the item.
  package func error(
    inList name: String, item: Int, _ reason: String, suggestion: String? = nil, source: SettingsSource
  ) -> SettingsError {
    let quotedName = SettingsDecoder.tomlKey(name)
    if let listener = policy[named: name] {
      return SettingsError(
        reason, place: source.place, line: listener.restrictions.line(ofItem: item),
        key: "policy.\(quotedName).restrictions", suggestion: suggestion)
    }
    return SettingsError(
      reason, place: source.place, line: lists[name]?.line(ofItem: item), key: "lists.\(quotedName)",
      suggestion: suggestion)
  }

  /// What is wrong with an item of the sites of a `[dnsbl.NAME]`.
  ///
  /// - Parameters:
  ///   - name: the table's.
  ///   - item: counted from 1; 0 for the sites as a whole.
  ///   - reason: what is wrong.
  ///   - source: where these settings are from.
  /// - Returns: an error that names the line of the item.
  package func error(
    inDNSList name: String, item: Int, _ reason: String, source: SettingsSource
  ) -> SettingsError {
    SettingsError(
      reason, place: source.place, line: dnsbl[name]?.sites.line(ofItem: item),
      key: "dnsbl.\(SettingsDecoder.tomlKey(name)).sites")
  }

  /// What is wrong with a value of `[mail]` or `[parameters]`, which may also be one that Postfix has said.
  ///
  /// - Parameters:
  ///   - name: as main.cf has it.
  ///   - item: counted from 1; 0 for the value as a whole.
  ///   - reason: what is wrong.
  ///   - source: where these settings are from.
  /// - Returns: an error that names the line of the item, or main.cf when the file doesn't say the value.
  package func error(
    inParameter name: String, item: Int = 0, _ reason: String, source: SettingsSource
  ) -> SettingsError {
    if let list = MailParameter(rawValue: name).flatMap({ mail.given[$0] }) {
      return SettingsError(
        reason, place: source.place, line: list.line(ofItem: item), key: "mail.\(name)")
    }
    if let list = parameters[name] {
      return SettingsError(
        reason, place: source.place, line: list.line(ofItem: item), key: "parameters.\(name)")
    }
    return SettingsError(reason, place: "main.cf", key: name)
  }
}

extension SettingsSource {
  /// What messages begin with: the file's name, or the old program's.
  package var place: String {
    switch self {
    case .file(let path): SettingsFile.lastComponent(of: path)
    case .saslauthd: "saslauthd"
    case .postgrey: "postgrey"
    }
  }
}
