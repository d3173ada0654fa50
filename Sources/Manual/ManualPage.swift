/// A manual page as a value: `--help` and man(1) are made of the same.
package struct ManualPage: Equatable, Sendable {
  /// A heading and what stands below it.
  struct Section: Equatable, Sendable {
    let title: String
    let blocks: [Block]
  }

  /// What a section is made of.
  enum Block: Equatable, Sendable {
    case paragraph(String)
    /// Terms and what they mean: options, files, keys.
    case terms([Term])
    /// Lines as they are typed or written in a file.
    case literal([String])
  }

  /// An option, a file or a key, and what it means.
  struct Term: Equatable, Sendable {
    let name: String
    let meaning: String

    init(_ name: String, _ meaning: String) {
      self.name = name
      self.meaning = meaning
    }
  }

  let name: String
  let section: Int
  /// Half a sentence, for NAME.
  let summary: String
  /// A line for each way to call it; for a file its path.
  let synopsis: [String]
  let sections: [Section]

  /// "posternd.8".
  package var fileName: String { "\(name).\(section)" }

  /// All pages that are made from values of ours; those of the other commands come from their parsers.
  package static let all = [posternd, posternToml]
}
