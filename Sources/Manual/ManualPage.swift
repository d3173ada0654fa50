/// A manual page as a value: `--help` and man(1) are made of the same.
package struct ManualPage: Equatable, Sendable {
  package struct Section: Equatable, Sendable {
    package let title: String
    package let blocks: [Block]
  }

  package enum Block: Equatable, Sendable {
    case paragraph(String)
    /// Terms and what they mean: options, files, keys.
    case terms([Term])
    /// Lines as they are typed or written in a file.
    case literal([String])
  }

  package struct Term: Equatable, Sendable {
    package let name: String
    package let meaning: String

    init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  package let name: String
  package let section: Int
  /// Half a sentence, for NAME.
  package let summary: String
  /// A line for each way to call it; for a file its path.
  package let synopsis: [String]
  package let sections: [Section]

  /// "posternd.8".
  package var fileName: String { "\(name).\(section)" }

  /// All pages that are made from values of ours; those of the other commands come from their parsers.
  package static let all = [posternd, posternToml]
}
