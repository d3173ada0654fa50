extension Settings {
  static let mail = SettingsTable(
    name: "mail",
    summary: """
      What this host is responsible for, as main.cf has it: the same names, the same meaning. Restriction lists \
      consult it, and so does the proof that they let no stranger relay. A list that isn't given here is Postfix's, \
      or empty when from_postfix is. What main.cf writes as $name is expanded only there.
      """,
    keys: [
      SettingsKey(
        "from_postfix", .directoryOrNone, at: \.mail.fromPostfix,
        """
        Where Postfix's configuration is. postconf is asked there, at start and at a reload, for what isn't said \
        here or in [parameters]; \"\": never.
        """)
    ]
      + MailParameter.allCases.map { parameter in
        SettingsKey(
          parameter.rawValue, parameter == .myorigin ? .mainCfText : .mainCfList, at: \.mail.given[parameter],
          parameter.summary)
      })

  private static let policyListeners = SettingsFamily(
    name: "policy", placeholder: "NAME", says: ListNameSyntax.says,
    empty: PolicyListenerSettings(name: "", addresses: []),
    make: { PolicyListenerSettings(name: $0, addresses: []) }, place: { \.policy[named: $0] }
  ) {
    ListNameSyntax.parse($0)
  }

  static let policyListener = policyListeners.table(
    summary: """
      A restriction list, and where Postfix's check_policy_service asks for it. The name appears in the log and in \
      the history. Without any such table there is no policy service. All of them together may listen at \
      \(PolicyListenerSettings.mostAddresses) addresses.
      """,
    keys: [
      policyListeners.neededKey(
        "listen", .list(of: .endpoint, 0...16), at: \.addresses,
        """
        The sockets, as check_policy_service names them in main.cf. For an smtpd that is chrooted a unix socket \
        has to lie inside its queue directory, and main.cf names it relative to that: \
        unix:/var/spool/postfix/postern/recipient here is unix:postern/recipient there. Everybody may connect to \
        a unix socket: who may reach it is decided by the directory that it lies in. A request whose policy_context \
        is the name of a table is answered by the list of that table, wherever it comes in; [] is for a table that is \
        asked in no other way, as by check_policy_service { unix:postern/recipient, policy_context=submission } for \
        [policy.submission]. Without this key the table is an error.
        """),
      policyListeners.neededKey(
        "restrictions", .restrictions, at: \.restrictions,
        """
        What is asked, in this order, in Postfix's words; lists of [lists] are called by their name. One string is one \
        item. Without this key the table is an error; [] answers DUNNO to everything.
        """),
      policyListeners.key(
        "stage", .word(), at: \.stage,
        """
        Which of Postfix's lists asks here. Without this key: the one whose name the table has, if any, else \
        recipient.
        """),
      policyListeners.key(
        "on_failure", .word(), at: \.onFailure,
        """
        What Postfix gets when the service itself can't decide: dunno goes on as if it had not been asked; close \
        gives no answer, and Postfix says 451.
        """),
      policyListeners.key(
        "open_relay", .boolean, at: \.openRelay,
        """
        Start although this list lets strangers relay. Without it such a list keeps the service from starting; \
        postern check shows the way through.
        """),
    ])

  static let lists = SettingsTable(
    name: "lists",
    summary: """
      Lists that restrictions can call by name, as those of Postfix's smtpd_restriction_classes. A name is one of \
      yours, and neither a restriction's nor a listener's.
      """,
    keys: [
      SettingsKey(
        name: "NAME", takes: ValueType.restrictions.says, summary: "What the list asks, in this order.",
        shipped: nil, isNeeded: false, isNamedByAdministrator: true
      ) { node, name, settings throws(Misfits) in
        let list = try ValueType.restrictions.read(node)
        guard ListNameSyntax.parse(name) != nil else {
          throw Misfits("\(quoted(name)) is not \(ListNameSyntax.says)", line: node.line)
        }
        settings.lists[name] = list
      }
    ])

  static let parameters = SettingsTable(
    name: "parameters",
    summary: """
      Parameters of main.cf that restrictions consult: the same names, the same meaning. What isn't said here is \
      as Postfix has it, when [mail] from_postfix lets it be asked, else Postfix's default.
      """,
    keys: RestrictionParameter.all.map { parameter in
      let shown = parameter.kind == .code ? parameter.postfixDefault : quoted(parameter.postfixDefault)
      return SettingsKey(
        parameter.name, parameter.type, at: \.parameters[parameter.name],
        "\(parameter.summary) Postfix's default is \(shown).")
    })
}

extension RestrictionParameter {
  fileprivate var type: ValueType<ConfiguredList> {
    switch kind {
    case .code: .replyCode
    case .text: .mainCfText
    case .list: .mainCfList
    case .template: .mainCfTemplate
    case .action: .tempfailAction
    }
  }
}
