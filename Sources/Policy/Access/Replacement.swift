import MailTypes

/// The result of a rule with an expression: a text in which `$1`, `${1}`, `$(1)` stand for parts of what matched.
struct Replacement: Sendable {
  enum Piece: Sendable, Equatable {
    case text([UInt8])
    case group(Int)
  }

  let pieces: [Piece]
  /// As it stands in the table.
  let source: [UInt8]

  /// Reads it; `$$` is a dollar.
  ///
  /// - Throws: what stands after a `$` and is no number from 1 on.
  init(_ source: ArraySlice<UInt8>) throws(Fault) {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    var rest = source
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$") else {
        text.append(byte)
        continue
      }
      if rest.first == UInt8(ascii: "$") {
        text.append(rest.removeFirst())
        continue
      }
      if !text.isEmpty { pieces.append(.text(text)) }
      text = []
      pieces.append(.group(try Self.group(&rest)))
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
    self.source = Array(source)
  }

  struct Fault: Error { let text: String }

  /// The highest group that it needs; 0 for none.
  var highestGroup: Int {
    pieces.reduce(0) { if case .group(let group) = $1 { max($0, group) } else { $0 } }
  }

  /// Whether its first word is the same whatever is put in.
  var hasFixedWord: Bool {
    guard case .text(let text) = pieces.first else { return false }
    return pieces.count == 1 || text.contains(where: ListWords.isBlank)
  }

  /// The result with `x` for each part that would be put in.
  var sample: [UInt8] {
    pieces.flatMap { piece -> [UInt8] in
      if case .text(let text) = piece { text } else { Array("x".utf8) }
    }
  }

  /// The result for what the groups matched, the whole match first.
  func filled(with groups: [ArraySlice<UInt8>]) -> [UInt8] {
    pieces.reduce(into: []) { result, piece in
      switch piece {
      case .text(let text): result += text
      case .group(let group): if group < groups.count { result += groups[group] }
      }
    }
  }

  private static func group(_ rest: inout ArraySlice<UInt8>) throws(Fault) -> Int {
    let shown = "$" + rest.prefix(8).repairedText
    let closing: UInt8? =
      switch rest.first {
      case UInt8(ascii: "{"): UInt8(ascii: "}")
      case UInt8(ascii: "("): UInt8(ascii: ")")
      default: nil
      }
    if closing != nil { rest.removeFirst() }
    let digits = rest.prefix { $0.isASCIIDigit }
    rest.removeFirst(digits.count)
    if let closing { if rest.popFirst() != closing { throw Fault(text: shown) } }
    let number = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard number > 0, digits.count <= 3 else { throw Fault(text: shown) }
    return number
  }
}
