/// A stored hash in crypt(5)'s form that a password can be compared with, at a price we pay.
///
/// A lock (`!`, `*`), a stand-in (`x`), an empty field and a method that libcrypt doesn't know are no hashes:
/// nothing matches them. Nor is a hash whose cost is absurd: its owner would hold a worker for hours.
struct PasswordHash: Equatable, Sendable {
  /// The method and what it costs: hashes that are equal in this take the same time.
  struct Price: Hashable, Sendable {
    /// What the hash begins with; empty for DES.
    let method: String
    /// Rounds, a logarithm of them, or memory, as the method counts.
    let cost: Int
  }

  let text: String
  let price: Price

  /// Nil for what no password can match.
  init?(_ field: String) {
    guard let price = Self.price(of: field) else { return nil }
    text = field
    self.price = price
  }

  /// How a method tells its cost, and the highest that is paid: 1 to 3 seconds on a small machine.
  private struct Method {
    let prefix: String
    let highest: Int
    /// The cost in what follows the prefix; nil when it can't be read.
    let cost: @Sendable (Substring) -> Int?
  }

  private static let methods = [
    Method(prefix: "$y$", highest: 1 << 23, cost: HashCost.yescrypt),
    Method(prefix: "$gy$", highest: 1 << 23, cost: HashCost.yescrypt),
    Method(prefix: "$7$", highest: 1 << 23, cost: HashCost.scrypt),
    Method(prefix: "$2a$", highest: 15, cost: HashCost.number),
    Method(prefix: "$2b$", highest: 15, cost: HashCost.number),
    Method(prefix: "$2x$", highest: 15, cost: HashCost.number),
    Method(prefix: "$2y$", highest: 15, cost: HashCost.number),
    Method(prefix: "$6$", highest: 2_000_000, cost: HashCost.rounds),
    Method(prefix: "$5$", highest: 2_000_000, cost: HashCost.rounds),
    Method(prefix: "$sha1$", highest: 2_000_000, cost: HashCost.number),
    Method(prefix: "$md5,", highest: 1_000_000, cost: HashCost.rounds),
    Method(prefix: "$md5$", highest: 0, cost: HashCost.fixed),
    Method(prefix: "$1$", highest: 0, cost: HashCost.fixed),
    Method(prefix: "$3$", highest: 0, cost: HashCost.fixed),
    Method(prefix: "_", highest: 0, cost: HashCost.fixed),
  ]

  /// The shortest DES hash: two characters of salt and eleven of hash.
  private static let shortestDES = 13

  private static func price(of field: String) -> Price? {
    for method in methods where field.hasPrefix(method.prefix) {
      guard let cost = method.cost(field.dropFirst(method.prefix.count)), cost <= method.highest else {
        return nil
      }
      return Price(method: method.prefix, cost: cost)
    }
    guard field.utf8.count >= shortestDES, field.utf8.allSatisfy({ HashCost.digit($0) != nil }) else {
      return nil
    }
    return Price(method: "", cost: 0)
  }
}
