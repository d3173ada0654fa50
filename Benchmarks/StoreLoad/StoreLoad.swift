import Glibc
import Policy
import Storage
import SystemCalls

/// Fills a store, or looks random triplets up in one that is filled: `StoreLoad DIRECTORY TRIPLETS LOOKUPS`, first with
/// no lookups.
///
/// Prints one line `name=value …`: microseconds of the processor a lookup through the store itself, the same for triplets that aren't
/// there, microseconds a new triplet in groups of 20, each its own commit, the size of the file, and the resident memory
/// that opening it and so many lookups take.
@main
struct StoreLoad {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let triplets = Int(arguments[2]), let lookups = Int(arguments[3]) else {
      print("usage: StoreLoad DIRECTORY TRIPLETS LOOKUPS")
      exit(64)
    }
    let path = "\(arguments[1])/\(triplets).db"
    // First of all: later ones would find room that others have left.
    let before = try Footprint.now().memory
    let store = SQLiteTripletStore(path: path, delay: 300)
    if lookups == 0 { return try fill(store, triplets) }
    for _ in 0..<lookups { _ = try store.records(for: keys(Int.random(in: 0..<triplets))) }
    let memory = try Footprint.now().memory - before
    var figures: [String] = ["triplets=\(triplets)"]
    var random = SystemRandomNumberGenerator()
    let known = (0..<lookups).map { _ in keys(Int.random(in: 0..<triplets, using: &random)) }
    let unknown = (0..<lookups).map { keys(triplets + $0) }
    for round in 1...3 {
      let time = try time(lookups) {
        for key in known {
          let records = try store.records(for: key)
          precondition(records.triplet != nil, "it was written")
        }
      }
      figures.append("known\(round)_us=\(time)")
    }
    let missed = try time(lookups) {
      for key in unknown {
        let records = try store.records(for: key)
        precondition(records.triplet == nil, "it wasn't written")
      }
    }
    figures.append("unknown_us=\(missed)")
    figures.append("rss_kib=\(memory / 1024)")
    let fresh = (0..<20_000).map { write(triplets * 2 + $0) }
    let writing = try time(20_000) {
      for first in stride(from: 0, to: 20_000, by: 20) { try store.apply(Array(fresh[first..<first + 20])) }
    }
    figures.append("new_us=\(writing)")
    let counting = try time(1000) { _ = try store.count() }
    figures.append("count_ms=\(counting)")
    let expiry = GreylistExpiry(
      now: 1_700_000_000 + 3 * 86_400 + Int64(triplets * 2), rules: GreylistRules())
    let forgetting = try time(5000) {
      for _ in 0..<50 { _ = try store.expire(expiry, most: 100) }
    }
    figures.append("expire_us=\(forgetting)")
    var status = stat()
    try store.checkpoint()
    stat(path, &status)
    figures.append("file_mib=\(status.st_size >> 20)")
    figures.append("bytes_a_triplet=\(Int(status.st_size) / triplets)")
    print(figures.joined(separator: " "))
  }

  /// Microseconds of the processor for one of `count`: what others do meanwhile doesn't show.
  private static func time(_ count: Int, _ body: () throws -> Void) rethrows -> String {
    let start = clock()
    try body()
    // CLOCKS_PER_SEC is a million on every POSIX system.
    return "\(Double((clock() - start) * 100 / count) / 100)"
  }

  private static func fill(_ store: SQLiteTripletStore, _ count: Int) throws {
    for first in stride(from: 0, to: count, by: 1000) {
      try store.apply((first..<min(first + 1000, count)).map(write))
    }
    try store.checkpoint()
  }

  private static func write(_ number: Int) -> GreylistWrites {
    let time = 1_700_000_000 + Int64(number)
    var writes = GreylistWrites(
      triplet: TripletWrite(
        key: keys(number).triplet,
        record: TripletRecord(first: time, last: time + (number % 2 == 0 ? 0 : 600)),
        isAwaited: true))
    if number % 10 == 0, let client = keys(number).client {
      writes.client = ClientWrite(key: client, record: ClientRecord(count: 1, last: time))
    }
    return writes
  }

  /// As they are on the wire: networks and names in no order.
  private static func keys(_ number: Int) -> GreylistKeys {
    var mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    let network = "\(mixed & 255).\(mixed >> 8 & 255).\(mixed >> 16 & 255)"
    let triplet =
      "\(network).0/sender.\(number)@some.domain-\(mixed >> 24 & 4095).example/recipient.\(mixed >> 40 & 255)@lab.example"
    return GreylistKeys(
      triplet: TripletKey(bytes: Array(triplet.utf8)),
      client: ClientKey(bytes: Array("\(network).\(number & 255)".utf8)))
  }
}
