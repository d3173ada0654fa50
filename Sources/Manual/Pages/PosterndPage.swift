import Settings

extension ManualPage {
  /// posternd(8).
  package static let posternd = ManualPage(
    name: "posternd", section: 8,
    summary: "passwords and greylisting for Postfix, as saslauthd and postgrey do",
    synopsis: [
      "posternd [-c FILE]", "posternd saslauthd FLAGS...", "posternd postgrey OPTIONS...", "posternd --help",
    ],
    sections: [
      Section(
        title: "DESCRIPTION",
        blocks: [
          .paragraph(
            """
            posternd serves the socket at which smtpd, Cyrus IMAP, slapd or Exim ask whether a password is right, with \
            saslauthd's protocol. It stays in the foreground, and starts the processes that do the work: \
            postern-auth, which meets the clients, and one postern-worker for each password that may be checked at \
            once. A worker that hangs or crashes costs the login that it was at; the client is told to try later.
            """),
          .paragraph(
            """
            A password is either accepted (the mail client gets 235), refused (535), or could not be checked: then the \
            connection is closed without an answer, and the mail client is told to try later (454).
            """),
          .paragraph(
            """
            Where postern.toml(5) has a table [policy.NAME], or with postgrey's options, it starts postern-policy, \
            too: it answers Postfix's check_policy_service by a restriction list, with the greylist among its \
            restrictions. It keeps its triplets in a store of its own. The two services share no process: what befalls the \
            one is no matter to the other, and postern-policy never sees a password.
            """),
        ]),
      Section(
        title: "OPTIONS",
        blocks: [
          .terms([
            Term("-c FILE", "Read FILE instead of \(SettingsSource.defaultFile). See postern.toml(5)."),
            Term(
              "saslauthd FLAGS",
              "Take saslauthd's flags instead of a file. The same when started under the name saslauthd."),
            Term(
              "postgrey OPTIONS",
              "Take postgrey's options instead of a file. The same when started under the name postgrey."),
            Term("-h, --help", "Print this help."),
          ])
        ]),
      saslauthdFlags,
      postgreyOptions,
      Section(
        title: "SIGNALS",
        blocks: [
          .terms([
            Term("TERM, INT", "Answer what is under way, then end."),
            Term(
              "HUP",
              """
              Read the configuration again. One with mistakes is refused, and the old one stays. Sockets, \
              users and the log can't be changed without a restart.
              """),
          ])
        ]),
      Section(
        title: "EXIT STATUS",
        blocks: [
          .terms([
            Term("0", "Ended by a signal."),
            Term("1", "Could not start."),
            Term("\(ExitStatus.usage)", "Wrong usage."),
            Term("\(ExitStatus.tryAgain)", "Another instance serves the socket."),
            Term("\(ExitStatus.configuration)", "The configuration is wrong, or not met by this host."),
          ])
        ]),
      Section(
        title: "FILES",
        blocks: [
          .terms([
            Term(SettingsSource.defaultFile, "The configuration."),
            Term(
              DNSSettings.knownZonesFile,
              "Lists in the DNS that are shut down or superseded, which postern check warns about."),
            Term(AuthSettings().listen.joined(separator: ", "), "The socket of the logins."),
            Term("\(AuthSettings().pamDirectory)/SERVICE", "How PAM checks the passwords of a service."),
            Term(
              "[policy.NAME] listen",
              """
              The sockets of the policy service: where each such table of postern.toml(5) says. A unix socket's \
              directory is made where it isn't there.
              """),
            Term(
              StoreSettings().path,
              """
              The greylist: an SQLite database, with -wal and -shm beside it while it is open. Its directory belongs \
              to the user of [run] front.
              """),
            Term(
              ControlSettings().authSocket + ", " + ControlSettings().policySocket,
              "The sockets over which postern(1) asks the one and the other service."),
          ])
        ]),
      Section(
        title: "SECURITY",
        blocks: [
          .paragraph(
            """
            Started as root, posternd keeps the rights to set user ids and to send signals, and never reads a byte \
            that a client sent. postern-auth runs as the user of [run] front without any right, the workers as that \
            of [run] local with the group shadow, without network and without starting programs, unless postern.toml(5) \
            says otherwise for a service. Started by anyone else, all run as the caller.
            """),
          .paragraph(
            """
            postern-policy, which meets Postfix and through it whatever strangers write into their envelopes, runs as \
            the user of [run] front as well, without any right and without starting programs: what only Postfix's \
            programs can read it takes at its start. Everybody may connect to its unix sockets who reaches their \
            directory, with at most 20 connections each, root and Postfix excepted; 400 are served at once.
            """),
        ]),
      Section(
        title: "SEE ALSO",
        blocks: [
          .paragraph(
            "postern.toml(5), postern(1), testauth(1), saslauthd(8), postgrey(8), postconf(5), pam.conf(5)")
        ]),
    ])

  private static let postgreyOptions = Section(
    title: "POSTGREY'S OPTIONS",
    blocks: [
      .paragraph(
        """
        They mean what they mean to postgrey 1.37, and postern-policy answers check_policy_service as that does; \
        posternd postgrey --help lists them. Triplets are kept in postern.db in --dbdir. Where there is none yet and \
        postgrey has left a database, that is taken over, for which Berkeley DB's db_dump has to be installed. \
        Whitelist files are read again when they change. Logged-in users are not greylisted; \
        those whom they write to are, and so are large senders, as by postgrey: correspondents and large_senders of \
        postern.toml(5) are off here.
        """)
    ])

  private static let saslauthdFlags = Section(
    title: "SASLAUTHD'S FLAGS",
    blocks: [
      .paragraph(
        """
        They mean what they mean to saslauthd 2.1.28, whose messages and exit codes are kept. Without -d and -f it \
        leaves the terminal, and logs to syslog.
        """),
      .terms([
        Term("-a MECHANISM", "pam, shadow or getpwent."),
        Term("-c", "Remember accepted logins, as [auth.cache] of postern.toml(5) does."),
        Term("-t SECONDS", "For how long; without it five minutes, where saslauthd has eight hours."),
        Term(
          "-s KB",
          """
          As many logins as saslauthd's file of that size holds, about ten in a KB, but at most \
          \(CacheSettings.mostEntries); without it \(CacheSettings().entries).
          """),
        Term("-d", "Stay in the foreground and log everything to standard error."),
        Term("-f", "Stay in the foreground."),
        Term("-h, -v", "Print the usage or the version, and exit."),
        Term("-l", "Taken; there is no accept lock."),
        Term("-m DIRECTORY", "Where the socket (mux), saslauthd.pid and saslauthd.pid.lock are."),
        Term("-n NUMBER", "How many passwords may be checked at once; 0: each by a new process."),
        Term("-O OPTION", "Taken; none of the mechanisms has an option."),
        Term("-r", "Ask for login@realm."),
        Term("-V", "Log successes, too."),
      ]),
    ])
}
