import MailTypes

/// Names that stand for themselves and for every name that ends in them at a border.
///
/// One hash lookup a border, however many names there are.
struct NameSuffixes: Equatable, Sendable {
  private var names: Set<[UInt8]> = []

  var isEmpty: Bool { names.isEmpty }

  mutating func insert(_ name: some Sequence<UInt8>) { names.insert(name.lowercasedASCII) }

  /// Looks for what begins after a border and ends where `subject` ends.
  ///
  /// - Parameters:
  ///   - subject: in small letters.
  ///   - start: whether its first byte comes after a border.
  ///   - isBorder: the bytes that are.
  /// - Returns: whether one of these is one of the names.
  func match(_ subject: [UInt8], fromStart start: Bool, after isBorder: (UInt8) -> Bool) -> Bool {
    if names.isEmpty { return false }
    if start, names.contains(subject) { return true }
    return subject.indices.contains {
      isBorder(subject[$0]) && names.contains(Array(subject[($0 + 1)...]))
    }
  }
}
