import Credentials

extension Settings {
  /// Every table and key of postern.toml, in the manual's order.
  package static let schema = [auth, control, log, run]

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
        "mechanisms", .list(of: .mechanism, 1...MechanismName.allCases.count), at: \.auth.mechanisms,
        """
        How passwords are checked, asked in this order. One that accepts is enough; when none does and one \
        could not decide, the login fails for now (454), else it is refused (535).
        """),
      SettingsKey(
        "services", .list(of: .service, 1...64), at: \.auth.services,
        "The services that may ask. With the mechanism pam each needs a file of its own in pam_directory."),
      SettingsKey(
        "pam_directory", .directory, at: \.auth.pamDirectory,
        "Where the PAM service files are."),
      SettingsKey(
        "workers", .number(1...AuthSettings.mostWorkers), at: \.auth.workers,
        "How many passwords may be checked at once, each in a process of its own."),
      SettingsKey(
        "deadline", .time(.seconds(1)...(.seconds(300))), at: \.auth.deadline,
        "How long a client waits at most, from connecting to the answer."),
      SettingsKey(
        "append_realm", .boolean, at: \.auth.appendRealm,
        "Ask the mechanism for login@realm, as saslauthd -r does."),
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
