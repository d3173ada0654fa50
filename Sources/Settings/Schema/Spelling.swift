/// What a mistyped word was meant to be.
package enum Spelling {
  /// The candidate that `word` is most likely a slip of; nil when none is near.
  ///
  /// Near is a third of the word's length in edits, but at least one.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let furthest = max(1, word.count / 3)
    return
      candidates
      .map { (candidate: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      .filter { $0.distance <= furthest }
      .min { $0.distance < $1.distance }?
      .candidate
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that make one word of the other.
  static func distance(_ one: String, _ other: String) -> Int {
    let one = Array(one)
    let other = Array(other)
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        let substitution = last[column] + (one[row] == other[column] ? 0 : 1)
        var best = min(last[column + 1] + 1, current[column] + 1, substitution)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[other.count]
  }
}
