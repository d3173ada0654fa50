import ArgumentParser
import SystemCalls

/// Asks a policy service for many decisions, and says how fast and how evenly they were answered.
///
/// Not installed: `make bench` runs it, and whoever wants to know what a service of theirs bears.
@main
struct PolicyLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postern-policy-load",
    abstract: "Put load on a policy service and measure the answers.",
    discussion: """
      Connections stay open, as smtpd's do, and each asks one thing at a time: a request goes out when the answer \
      before it has come. All of them are served by one thread. The figures are printed as key=value: times in \
      microseconds from before the request to the whole answer.
      """)

  @Argument(help: "The service: the path of a unix socket, or ADDRESS:PORT with an IPv4 address.")
  var service: String

  @Option(help: "How many connections ask at the same time.")
  var connections = 20

  @Option(help: "End after so many seconds.")
  var seconds: Int?

  @Option(help: "End after so many answers.")
  var count: Int?

  @Option(help: "Ask for so many triplets in turn, the same in every run.")
  var known: Int?

  @Flag(help: "Make the known ones known and end; nothing is measured.")
  var acquaint = false

  @Flag(help: "Ask for another triplet with each request, never seen before.")
  var new = false

  @Option(help: "The number of the first new one, from which its client's address follows.")
  var first = 0

  @Option(help: "How many seconds the service's delay is waited for until the known ones pass.")
  var delay = 2

  @Flag(help: "The client is logged in.")
  var authenticated = false

  @Option(help: "Give an answer up after so many seconds, and count it as missing.")
  var patience = 30

  func validate() throws {
    guard seconds != nil || count != nil || (acquaint && known != nil) else {
      throw ValidationError("Give --seconds or --count.")
    }
    guard new != (known != nil) else { throw ValidationError("Give --known or --new.") }
    guard new || first == 0 else { throw ValidationError("--first is for --new.") }
    for (name, value, limits) in [
      ("--connections", connections, 1...400), ("--seconds", seconds ?? 1, 1...3600),
      ("--count", count ?? 1, 1...50_000_000), ("--known", known ?? 1, 1...1_000_000),
      ("--first", first, 0...8_000_000), ("--delay", delay, 0...3600), ("--patience", patience, 1...3600),
    ] where !limits.contains(value) {
      throw ValidationError("\(name) takes \(limits.lowerBound) to \(limits.upperBound).")
    }
    _ = try address
  }

  func run() throws {
    let address = try address
    var series =
      new
      ? RequestSeries(newFrom: first, with: attributes)
      : RequestSeries(known: known ?? 1, with: attributes)
    if acquaint { return try introduce(known ?? 1, &series, address) }
    let run = try PolicyRun(
      address: address, connections: connections,
      bounds: .init(
        time: seconds.map { .seconds($0) }, count: count, patience: .seconds(patience)))
    try run.run(&series)
    for line in run.report { print(line) }
  }

  /// Asks for every triplet once; when one has to wait, waits and asks again.
  private func introduce(_ count: Int, _ series: inout RequestSeries, _ address: PolicyAddress) throws {
    for _ in 1...2 {
      let run = try PolicyRun(
        address: address, connections: connections,
        bounds: .init(time: nil, count: count, patience: .seconds(patience)))
      try run.run(&series)
      if !run.hasDeferred { return }
      pause(seconds: delay)
    }
  }

  private var attributes: [String] {
    authenticated
      ? ["sasl_method=plain", "sasl_username=somebody", "sasl_sender="]
      : ["sasl_method=", "sasl_username=", "sasl_sender="]
  }

  private var address: PolicyAddress {
    get throws {
      guard let address = PolicyAddress(service) else {
        throw ValidationError(
          "\(service) is no IPv4 address with a port and no path of at most \(UnixSocket.longestPath) bytes.")
      }
      return address
    }
  }
}
