/// Everything that is wrong with a configuration, in the order of the file.
package struct SettingsErrors: Error, Equatable {
  /// At least one.
  package let errors: [SettingsError]

  package init(_ errors: [SettingsError]) {
    self.errors = errors.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }
}

extension SettingsErrors: CustomStringConvertible {
  /// All of them in one line, as a service's last words.
  package var description: String { errors.map(\.description).joined(separator: "; ") }
}

/// One thing that is wrong with a configuration, and what would mend it.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// What the message begins with: the file, or the command line.
  let place: String
  package let line: Int?
  /// The key with its table: `auth.workers`.
  let key: String?
  let reason: String
  /// What was meant, when something like it exists.
  let suggestion: String?

  init(
    _ reason: String, place: String, line: Int? = nil, key: String? = nil, suggestion: String? = nil
  ) {
    self.place = place
    self.line = line
    self.key = key
    self.reason = reason
    self.suggestion = suggestion
  }

  /// `postern.toml:LINE: KEY: what is wrong; did you mean X?`.
  package var description: String {
    let location = [place, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    let statement = [location, key, reason].compactMap(\.self).joined(separator: ": ")
    return suggestion.map { "\(statement); did you mean \($0)?" } ?? statement
  }
}
