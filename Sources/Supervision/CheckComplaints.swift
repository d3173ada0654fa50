/// What `postern check` writes to its standard error, line by line.
struct CheckComplaints: Equatable {
  /// What is to be mended, and hinders nothing.
  let warnings: [String]
  /// Why the configuration can't be taken; none when it can, or when the check itself failed.
  let errors: [String]

  init(_ lines: [String]) {
    warnings = Self.texts(of: "warning: ", in: lines)
    errors = Self.texts(of: "error: ", in: lines)
  }

  private static func texts(of kind: String, in lines: [String]) -> [String] {
    lines.filter { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) }
  }
}
