/// An option of postgrey 1.37, by its first name.
enum PostgreyOption: String, CaseIterable {
  case help, man, version, noaction, verbose, quiet, daemonize
  case unix, inet, socketmode, user, group, dbdir, pidfile, delay
  case maxAge = "max-age"
  case lookupBySubnet = "lookup-by-subnet"
  case lookupByHost = "lookup-by-host"
  case ipv4cidr, ipv6cidr
  case autoWhitelistClients = "auto-whitelist-clients"
  case whitelistClients = "whitelist-clients"
  case whitelistRecipients = "whitelist-recipients"
  case syslogFacility = "syslogfacility"
  case retryWindow = "retry-window"
  case greylistAction = "greylist-action"
  case greylistText = "greylist-text"
  case privacy, hostname, exim
  case listenQueueSize = "listen-queue-size"
  case header = "x-greylist-header"

  /// What may or must follow it.
  enum Argument {
    case none
    case text
    case number
    /// Nothing, or what follows and begins with no dash.
    case optionalText
  }

  var argument: Argument {
    switch self {
    case .help, .man, .version, .noaction, .verbose, .quiet, .daemonize, .lookupBySubnet, .lookupByHost,
      .privacy, .exim:
      .none
    case .delay, .maxAge, .ipv4cidr, .ipv6cidr, .listenQueueSize: .number
    case .autoWhitelistClients: .optionalText
    default: .text
    }
  }

  private var otherNames: [String] {
    switch self {
    case .help: ["h"]
    case .noaction: ["no-action", "n"]
    case .verbose: ["v"]
    case .quiet: ["q"]
    case .daemonize: ["d"]
    case .unix: ["u"]
    case .inet: ["i"]
    case .syslogFacility: ["syslog-facility", "facility"]
    default: []
    }
  }

  /// Every option by each of its names; letters have a case, and nothing may be abbreviated.
  static let named = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { option in
      ([option.rawValue] + option.otherNames).map { ($0, option) }
    })
}
