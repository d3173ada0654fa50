import Control
import Policy

/// What the greylist holds, counted.
struct GreylistCounts {
  private var waiting: Int64 = 0
  private var passed: Int64 = 0
  private var clients: Int64 = 0
  private var whitelistedClients: Int64 = 0
  private var correspondents: Int64 = 0
  private var pools: Int64 = 0

  mutating func add(_ known: KnownTriplet, _ telling: GreylistAnswer) {
    if telling.hasPassed(known.record) { passed += 1 } else { waiting += 1 }
  }

  mutating func add(_ known: KnownClient, _ telling: GreylistAnswer) {
    clients += 1
    if telling.isWhitelisted(known.record) { whitelistedClients += 1 }
  }

  /// Takes from a store's count what isn't walked through.
  mutating func add(_ count: TripletStoreCount) {
    correspondents += Int64(count.correspondents)
    pools += Int64(count.pools)
  }

  /// `greylist triplets_waiting=… triplets_passed=… clients=… clients_whitelisted=… correspondents=… pools=…`.
  var line: ControlLine {
    var line = ControlLine("greylist")
    line.add("triplets_waiting", waiting)
    line.add("triplets_passed", passed)
    line.add("clients", clients)
    line.add("clients_whitelisted", whitelistedClients)
    line.add("correspondents", correspondents)
    line.add("pools", pools)
    return line
  }
}
