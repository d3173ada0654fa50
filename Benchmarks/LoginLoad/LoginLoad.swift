import ArgumentParser
import Credentials
import SystemCalls

/// Asks a saslauthd socket for many logins, and says how fast and how evenly they were answered.
///
/// Not installed: `make bench` runs it, and whoever wants to know what a daemon of theirs bears.
@main
struct LoginLoad: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postern-login-load",
    abstract: "Put load on a saslauthd socket and measure the answers.",
    discussion: """
      Each client makes a connection, sends one login, waits for the answer, closes and begins again. All \
      clients are served by one thread, which costs less than a thread each would. The figures are printed as \
      key=value: times in microseconds from before the connect to the whole answer.
      """)

  @Argument(help: "The socket, for example /run/saslauthd/mux.")
  var socket: String

  @Option(help: "How many logins are under way at any time.")
  var clients = 4

  @Option(help: "End after so many seconds.")
  var seconds: Int?

  @Option(help: "End after so many logins.")
  var count: Int?

  @Option(help: "The login, or with --users what their names begin with.")
  var login = "user"

  @Option(help: "So many different logins in turn: LOGIN1, LOGIN2 …")
  var users: Int?

  @Option(help: "The password of all of them.")
  var password = "secret"

  @Option(help: "The service that asks.")
  var service = "smtp"

  @Option(help: "The realm.")
  var realm = ""

  @Option(help: "Hold so many connections open meanwhile that say nothing.")
  var silent = 0

  @Option(help: "Keep so many other logins under way meanwhile, which aren't measured.")
  var background = 0

  @Option(help: "The service of those others.")
  var backgroundService = "smtp"

  @Option(help: "The login of those others.")
  var backgroundLogin = "slow"

  @Option(help: "Give an answer up after so many seconds, and count it as missing.")
  var patience = 30

  func validate() throws {
    guard seconds != nil || count != nil else { throw ValidationError("Give --seconds or --count.") }
    for (name, value, limits) in [
      ("--clients", clients, 1...1000), ("--seconds", seconds ?? 1, 1...3600),
      ("--count", count ?? 1, 1...50_000_000), ("--users", users ?? 1, 1...1_000_000),
      ("--silent", silent, 0...100_000), ("--background", background, 0...1000),
      ("--patience", patience, 1...3600),
    ] where !limits.contains(value) {
      throw ValidationError("\(name) takes \(limits.lowerBound) to \(limits.upperBound).")
    }
    _ = try address
    _ = try foreground
    _ = try others
  }

  func run() throws {
    try allowDescriptors(clients + background + silent)
    let address = try address
    var run = LoadRun(
      address: address,
      bounds: LoadRun.Bounds(
        time: seconds.map { .seconds($0) }, count: count, patience: .seconds(patience)),
      foreground: try foreground, clients: clients, others: try others, otherClients: background)
    var held = try SilentClients(silent, at: address)
    try run.run(beside: &held)
    for line in run.report { print(line) }
    print("silent=\(held.count)")
  }

  private var address: MuxAddress {
    get throws {
      guard let address = MuxAddress(socket) else {
        throw ValidationError("The socket's path is longer than \(UnixSocket.longestPath) bytes.")
      }
      return address
    }
  }

  private var foreground: LoginSeries {
    get throws {
      let logins = users.map { count in (1...count).map { "\(login)\($0)" } } ?? [login]
      return try series(logins, service: service)
    }
  }

  private var others: LoginSeries {
    get throws { try series([backgroundLogin], service: backgroundService) }
  }

  private func series(_ logins: [String], service: String) throws -> LoginSeries {
    guard let series = LoginSeries(logins, password: password, service: service, realm: realm) else {
      throw ValidationError(
        "A login, service or realm has at most \(CountedString.longest) bytes, none of them NUL.")
    }
    return series
  }
}
