/// What a weighted list says of a client, as far as its lists have answered.
package struct WeightedScore: Equatable, Sendable {
  package let threshold: Int
  /// The sum of the weights of those that list the client.
  package private(set) var value = 0
  /// These, in the order written.
  package private(set) var listed: [WeightedList.Site] = []
  /// How many haven't answered yet.
  package private(set) var open = 0
  /// The one that is named: of the largest weight, the first that is written.
  private(set) var heaviest: WeightedList.Site?
  /// What open ones may add at most, and take away.
  private var mayAdd = 0
  private var mayTake = 0
  /// Whether an open one would be named instead.
  private var mayBeNamed = false

  init(threshold: Int) { self.threshold = threshold }

  /// Takes what a site says, in the order written; nil when it hasn't answered yet.
  mutating func take(_ site: WeightedList.Site, isListed: Bool?) {
    switch isListed {
    case true?:
      value += site.weight
      listed.append(site)
    case false?: break
    case nil:
      open += 1
      if site.weight > 0 { mayAdd += site.weight } else { mayTake -= site.weight }
    }
  }

  /// Looks who is named, now that all sites have been taken.
  mutating func close(_ answers: [(site: WeightedList.Site, isListed: Bool?)]) {
    for (site, isListed) in answers where isListed == true && site.weight > heaviest?.weight ?? Int.min {
      heaviest = site
    }
    guard let heaviest else { return }
    let named = answers.firstIndex { $0.isListed == true && $0.site == heaviest } ?? 0
    mayBeNamed = answers.enumerated().contains { index, answer in
      answer.isListed == nil
        && (answer.site.weight > heaviest.weight || (answer.site.weight == heaviest.weight && index < named))
    }
  }

  /// Whether the threshold is reached; nil while open ones may change that, or who is named.
  var isReached: Bool? {
    if value + mayAdd < threshold { return false }
    return value - mayTake >= threshold && !mayBeNamed ? true : nil
  }

  /// Whether the client is in favour: below 0; nil while open ones may change that.
  var isFavourable: Bool? {
    if value + mayAdd < 0 { return true }
    return value - mayTake >= 0 ? false : nil
  }
}

extension WeightedScore: CustomStringConvertible {
  package var description: String {
    let names = listed.prefix(8).map { "\($0)" }.joined(separator: " ")
    let waits = open == 0 ? "" : ", not waited for: \(open)"
    return "score \(value) of \(threshold)" + (names.isEmpty ? "" : ": \(names)") + waits
  }
}
