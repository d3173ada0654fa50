import Credentials

extension Settings {
  /// Every table and key of postern.toml, in the manual's order.
  package static let schema =
    [mail, auth, cache, service, realm, policyListener, lists, parameters, greylist]
    + [dns, dnsZone, dnsList, store, control, log, run]

  private static let auth = SettingsTable(
    name: "auth",
    summary: "The saslauthd socket and what stands behind it.",
    keys: [
      SettingsKey(
        "listen", .list(of: .socketPath, 1...16), at: \.auth.listen,
        """
        The sockets. Several when smtpd is chrooted: one of them must then lie inside its queue directory, \
        at the path that its saslauthd_path names there.
        """),
      SettingsKey(
        "mode", .fileMode, at: \.auth.mode,
        "The sockets' permission bits. Who may write to a socket may try passwords."),
      SettingsKey(
        "group", .groupName, at: \.auth.group,
        "The sockets' group. Postfix's user must be in it, or the mode must let everybody in."),
      SettingsKey(
        "allow_users", .list(of: .userName, 0...256), at: \.auth.allowUsers,
        "Users whose processes may connect. Empty: the sockets' directory and mode alone decide."),
      SettingsKey(
        "mechanisms", .mechanisms, at: \.auth.mechanisms,
        """
        How passwords are checked, asked in this order. One that accepts is enough; when none does and one \
        could not decide, the login fails for now (454), else it is refused (535). For a login whose realm has \
        a table [auth.realm."NAME"] the mechanisms there are asked instead; else, when its service has a table \
        [auth.service.NAME] with mechanisms, those.
        """),
      SettingsKey(
        "services", .list(of: .service, 1...64), at: \.auth.services,
        "The services that may ask. With the mechanism pam each needs a file of its own in pam_directory."),
      SettingsKey(
        "pam_directory", .directory, at: \.auth.pamDirectory,
        "Where the PAM service files are."),
      SettingsKey(
        "workers", .number(1...AuthSettings.mostWorkers), at: \.auth.workers,
        """
        How many passwords may be checked at once, each in a process of its own. Services whose allow_exec, \
        allow_network and allow_new_privileges differ don't share workers: each such kind has this many, and \
        all together are at most \(AuthSettings.mostWorkers).
        """),
      SettingsKey(
        "deadline", .time(.seconds(1)...(.seconds(300))), at: \.auth.deadline,
        "How long a client waits at most, from connecting to the answer."),
      SettingsKey(
        "append_realm", .boolean, at: \.auth.appendRealm,
        "Ask the mechanism for login@realm, as saslauthd -r does."),
    ])

  private static let cache = SettingsTable(
    name: "auth.cache",
    summary: """
      Accepted logins that are remembered, so that a client that comes back at once need not be checked again. \
      Nothing else is remembered: no refusal, and no password, only a keyed hash of everything that the \
      mechanism was given. A changed /etc/shadow, /etc/passwd or PAM file, a reload and postern cache flush make \
      it forget at once. What changes in a source that can't be watched (sssd, NIS, LDAP, a file that a stack \
      includes from elsewhere than pam_directory and /etc), and what only the time changes (the day on which an \
      account or a password expires, pam_time), counts after at most the lifetime.
      """,
    keys: [
      SettingsKey(
        "lifetime", .time(.zero...CacheSettings.longestLifetime), at: \.auth.cache.lifetime,
        """
        How long an accepted login is remembered; 0: no cache. It has to be 0 where codes are good only once \
        (pam_oath, pam_google_authenticator), since a remembered one would be accepted again.
        """),
      SettingsKey(
        "entries", .number(1...CacheSettings.mostEntries), at: \.auth.cache.entries,
        "How many logins are remembered at most; the oldest makes way."),
    ])

  private static let services = SettingsFamily(
    name: "auth.service", placeholder: "NAME", says: "a service name (letters, digits, - _ .)",
    empty: ServiceSettings(), make: { _ in ServiceSettings() },
    place: { \.auth.serviceSettings[$0] }
  ) {
    ServiceName($0)
  }

  private static let service = services.table(
    summary: """
      What is different for one of auth.services. The rights are for PAM stacks that need more than this system's \
      own modules do; each makes what breaks into a worker reach further, and postern check warns about it.
      """,
    keys: [
      services.key(
        "mechanisms", .mechanisms, at: \.mechanisms,
        "Asked for this service's logins instead of those of [auth]. A realm's table goes before it."),
      services.key(
        "allow_exec", .boolean, at: \.rights[allows: .exec],
        "Modules may start programs, as pam_exec does, as the user of [run] local with the group shadow."),
      services.key(
        "allow_network", .boolean, at: \.rights[allows: .network],
        """
        Modules may reach hosts over the network, as pam_ldap and pam_radius_auth do themselves. What asks a \
        daemon on this host (pam_sss, pam_winbind) doesn't need it.
        """),
      services.key(
        "allow_new_privileges", .boolean, at: \.rights[allows: .newPrivileges],
        """
        Programs that modules start may be set-user-id: a helper that is root's then runs as root, with no more \
        of root's rights than changing ids and sending signals. It includes allow_exec and allow_network, since \
        without no_new_privs the kernel lets a worker have no narrower filter than posternd's. Where posternd \
        isn't root's it gives nothing.
        """),
    ])

  private static let realms = SettingsFamily(
    name: "auth.realm", placeholder: "\"NAME\"", says: "a realm of 1 to \(CountedString.longest) bytes",
    empty: [], make: { _ in [] }, place: { \.auth.realmMechanisms[$0] }
  ) {
    RealmName($0)
  }

  private static let realm = realms.table(
    summary: """
      How passwords of one realm are checked, whatever the service: often a mail domain, what stands behind the @ \
      of a login. A name with dots is quoted.
      """,
    keys: [
      realms.neededKey(
        "mechanisms", .mechanisms,
        "Asked instead of those of [auth.service.NAME] and of [auth]. Without it the table is an error.")
    ])

  private static let control = SettingsTable(
    name: "control",
    summary: "Postern's own sockets, over which postern(1) asks the daemon.",
    keys: [
      SettingsKey("directory", .socketDirectory, at: \.control.directory, "Where they are."),
      SettingsKey(
        "group", .groupName, at: \.control.group,
        "Whose members may ask. Only root may change anything."),
    ])

  private static let log = SettingsTable(
    name: "log",
    summary: "Where the log goes and how it reads. On a terminal it always goes there.",
    keys: [
      SettingsKey("to", .word(), at: \.log.target, "Where it goes."),
      SettingsKey("level", .word(), at: \.log.level, "The least important lines that are written."),
      SettingsKey("format", .word(), at: \.log.format, "How a line reads."),
    ])

  private static let run = SettingsTable(
    name: "run",
    summary: "Whom the processes run as when root has started the daemon.",
    keys: [
      SettingsKey("front", .userName, at: \.run.front, "The user that meets the clients."),
      SettingsKey(
        "local", .userName, at: \.run.local,
        "The user that checks passwords on this host, with the group shadow."),
    ])
}

extension WorkerRights {
  /// Whether `right` is among them.
  fileprivate subscript(allows right: WorkerRights) -> Bool {
    get { contains(right) }
    set { if newValue { formUnion(right) } else { subtract(right) } }
  }
}
