extension PostgreyInvocation {
  /// The settings of a policy service that does what postgrey does.
  package var settings: Settings {
    var settings = Settings()
    settings.hasLogins = false
    settings.policy = [listenerSettings]
    settings.greylist = greylist
    // postgrey asks nobody.
    settings.mail.fromPostfix = ""
    settings.store.path = "\(databaseDirectory)/postern.db"
    settings.store.formerPostgrey = databaseDirectory
    settings.control.directory = databaseDirectory
    settings.control.group = ""
    settings.log.target = terminal == .leave ? .syslog : .stderr
    settings.log.wording = .postgrey
    settings.log.level =
      switch verbosity {
      case .quiet: .warning
      case .normal: .info
      case .verbose: .debug
      }
    settings.log.facility = SyslogFacility(rawValue: syslogFacility.lowercased()) ?? .mail
    settings.run.front = user
    settings.run.frontGroup = group
    return settings
  }

  /// Held while the daemon runs: two of them would write one database.
  package var lockFile: String { "\(databaseDirectory)/postgrey.lock" }

  private var listenerSettings: PolicyListenerSettings {
    let address: ListenAddress =
      switch listener {
      case .unix(let path): .unix(path: path)
      case .inet(let host, let port): .inet(host: host, port: port)
      }
    var settings = PolicyListenerSettings(name: "greylist", addresses: [address])
    settings.restrictions = ConfiguredList(texts: ["check_greylist"])
    settings.socketMode = socketMode
    // With a narrower mode it matters who may: `--socketmode=0660 --group=postfix` is for Postfix.
    settings.socketOwner = user
    settings.socketGroup = group
    if let listenQueue { settings.backlog = Int32(listenQueue) }
    return settings
  }

  private var greylist: GreylistSettings {
    var greylist = GreylistSettings()
    greylist.delay = delay
    greylist.retryWindow = retryWindow
    greylist.maxAge = maxAge
    switch lookup {
    case .host: greylist.lookupBy = .host
    case .subnet(let v4, let v6):
      greylist.ipv4Prefix = v4
      greylist.ipv6Prefix = v6
    }
    greylist.autoWhitelistClients = autoWhitelistClients
    greylist.action = greylistAction
    greylist.text = greylistText
    greylist.header = header
    greylist.version = "1.37"
    greylist.hostname = hostname
    greylist.privacy = privacy
    // postgrey has nothing like it, and its flags shall do what they did.
    greylist.correspondents = 0
    greylist.largeSenders = false
    greylist.clientWhitelists = clientWhitelists
    greylist.recipientWhitelists = recipientWhitelists
    greylist.closesAfterAnswer = closesAfterAnswer
    return greylist
  }
}
