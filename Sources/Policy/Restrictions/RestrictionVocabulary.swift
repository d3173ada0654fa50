/// The names that may stand in a list, as a manual groups them; each group in the order of the alphabet.
package struct RestrictionVocabulary: Sendable {
  /// What lists of ours decide by.
  package let evaluated: [String]
  /// What asks things that only smtpd knows, and is refused.
  package let inMainCf: [String]
  /// What Postfix itself no longer has, and what takes its place.
  package let removed: [(name: String, instead: String)]
  /// Names of early Postfix versions, and what they are called now.
  package let older: [(name: String, now: String)]

  /// All the names that are known.
  package static let known: RestrictionVocabulary = {
    let keywords = RestrictionKeyword.all.sorted { $0.name < $1.name }
    func names(_ standing: ForeignRestriction.Standing?) -> [String] {
      keywords.filter { $0.standing == standing }.map(\.name)
    }
    return RestrictionVocabulary(
      evaluated: names(nil), inMainCf: names(.staysInMainCf),
      removed: keywords.compactMap { keyword in
        if case .removed(let instead) = keyword.standing { (keyword.name, instead) } else { nil }
      },
      older: RestrictionKeyword.byName.filter { $0.key != $0.value.name }.sorted { $0.key < $1.key }
        .map { ($0.key, $0.value.name) })
  }()
}

extension RestrictionKeyword {
  /// Why it isn't evaluated; nil: it is.
  fileprivate var standing: ForeignRestriction.Standing? {
    if case .foreign(_, let standing, _) = meaning { standing } else { nil }
  }
}
