import MailTypes

/// Names that stand for themselves and for every name that ends in them at a border.
///
/// One pass over a subject, however many names there are.
struct NameSuffixes: Sendable {
  private var names = NameTable()

  mutating func insert(_ name: some Sequence<UInt8>) { names.insert(name) }

  /// Looks for what begins after a border and ends where `subject` ends.
  ///
  /// - Parameters:
  ///   - subject: in whatever letters.
  ///   - start: whether its first byte comes after a border.
  ///   - isBorder: the bytes that are.
  /// - Returns: whether one of these is one of the names.
  func match(_ subject: ArraySlice<UInt8>, fromStart start: Bool, after isBorder: (UInt8) -> Bool) -> Bool {
    if names.isEmpty { return false }
    var hash = NameTable.EndHash()
    for index in subject.indices.reversed() {
      hash.take(subject[index].lowercasedASCII)
      let isBegin = index == subject.startIndex ? start : isBorder(subject[index - 1])
      if isBegin, names.contains(subject[index...], hash: hash) { return true }
    }
    return false
  }
}
