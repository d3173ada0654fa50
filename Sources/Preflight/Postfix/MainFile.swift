/// What main.cf says, as written: values aren't expanded.
struct MainFile {
  static let defaultQueueDirectory = "/var/spool/postfix"

  private let values: [String: String]

  /// Nil when there is no such file that can be read.
  init?(at path: String) {
    guard let lines = PostfixLines(at: path) else { return nil }
    var values: [String: String] = [:]
    for line in lines.lines {
      let parts = line.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      values[PostfixLines.trimmed(parts[0])] = PostfixLines.trimmed(parts[1])
    }
    self.values = values
  }

  subscript(name: String) -> String? { values[name] }

  /// Where chrooted services are.
  var queueDirectory: String { self["queue_directory"] ?? Self.defaultQueueDirectory }

  /// Whether a `-` in master.cf's chroot column means yes, as it does below compatibility level 1.
  var chrootsByDefault: Bool {
    let level = self["compatibility_level"]?.prefix { $0.isNumber } ?? "0"
    return (Int(level) ?? 0) < 1
  }
}
