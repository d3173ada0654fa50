import Settings

extension ManualPage {
  /// postern.toml(5), from the schema by which the file is read.
  static let posternToml = ManualPage(
    name: "postern.toml", section: 5,
    summary: "configuration of posternd",
    synopsis: [SettingsSource.defaultFile],
    sections: [
      Section(
        title: "DESCRIPTION",
        blocks: [
          .paragraph(
            """
            A TOML file. An empty file is a working configuration: it checks logins by PAM at the saslauthd socket. Each \
            table [policy.NAME] adds a restriction list that Postfix can ask for. Every key has a default, but for \
            the few without which their table would say nothing. \
            The file must belong to root and not be writable for everybody. It holds no secret, and has to be readable for the users of \
            [run].
            """),
          .paragraph(
            """
            Times are Postfix's: 10s, 5m, 2h, 1d, 1w; a bare number is seconds. A list is an array, or one string with \
            commas or blanks between the items, as in main.cf.
            """),
          .paragraph(
            """
            Mistakes are named with their line, all of them in one run: by posternd, which then does not start, and by \
            postern check.
            """),
        ])
    ] + Settings.schema.map(section)
      + [
        restrictions, tables, differences,
        Section(
          title: "RIGHTS UNDER SYSTEMD",
          blocks: [
            .paragraph(
              """
              The unit as installed leaves the network to the parts of posternd, each of which has a system call filter \
              of its own: name servers are for the policy service, and inet sockets for workers with allow_network.
              """),
            .paragraph(
              """
              allow_new_privileges takes effect only where posternd starts as root with CAP_SYS_ADMIN, which it \
              gives up, and without NoNewPrivileges; elsewhere set-user-id programs gain nothing. systemd sets \
              that for a unit such as ours when its system call filter, its address families or another of its \
              restrictions ask for it: posternd then has to be started without them.
              """),
          ]),
        Section(
          title: "EXAMPLES",
          blocks: [
            .paragraph("A second socket for an smtpd that is chrooted to its queue directory:"),
            .literal([
              "[auth]",
              "listen = [\"/run/saslauthd/mux\", \"/var/spool/postfix/var/run/saslauthd/mux\"]",
            ]),
            .paragraph(
              """
              A site that moves to PAM: one realm still has its passwords in /etc/shadow, and whoever reads mail by \
              IMAP may have his in either:
              """),
            .literal([
              "[auth]",
              "mechanisms = [\"pam\"]",
              "[auth.realm.\"old.example\"]",
              "mechanisms = [\"shadow\"]",
              "[auth.service.imap]",
              "mechanisms = [\"pam\", \"shadow\"]",
            ]),
            .paragraph(
              """
              Greylisting behind Postfix's own restrictions, asked in main.cf's smtpd_recipient_restrictions by \
              check_policy_service inet:127.0.0.1:10023:
              """),
            .literal([
              "[policy.greylist]",
              "listen = [\"inet:127.0.0.1:10023\"]",
              "restrictions = [\"check_greylist\"]",
            ]),
            .paragraph(
              """
              A whole recipient list, asked by check_policy_service unix:postern/recipient, with a list of its own for \
              some clients:
              """),
            .literal([
              "[policy.recipient]",
              "listen = [\"unix:/var/spool/postfix/postern/recipient\"]",
              "restrictions = [",
              "  \"permit_mynetworks\",",
              "  \"permit_sasl_authenticated\",",
              "  \"reject_unauth_destination\",",
              "  \"check_client_access cidr:/etc/postern/clients\",",
              "  \"check_greylist\",",
              "]",
              "[lists]",
              "suspect = [\"reject_unknown_client_hostname\", \"check_greylist\"]",
            ]),
            .paragraph("where /etc/postern/clients sends some networks to the other list:"),
            .literal(["198.51.100.0/24  suspect"]),
            .paragraph(
              """
              Blocklists in that list, before check_greylist: whoever is on the first one is refused, others by what \
              several lists say together. One of them is mirrored on this host.
              """),
            .literal([
              "  \"reject_rbl_client zen.spamhaus.org=127.0.0.[2..11]\",",
              "  \"check_dnsbl reputation\",",
              "",
              "[dnsbl.reputation]",
              "sites = [\"bl.spamcop.net*2\", \"rbl.example*2\", \"list.dnswl.org=127.0.[0..255].[1..3]*-4\"]",
              "threshold = 3",
              "[dns.zone.\"rbl.example\"]",
              "servers = [\"127.0.0.2:5353\"]",
            ]),
            .paragraph(
              """
              Greylisting for those recipients only who ask for it: a table sends their mail to a list that has \
              check_greylist. opt-in.rehearsal in /etc/postern/rehearsals plays it. Where everybody is greylisted, \
              the files of whitelist_recipients take out those who don't want it.
              """),
            .literal([
              "[policy.recipient]",
              "listen = [\"unix:/var/spool/postfix/postern/recipient\"]",
              "restrictions = [",
              "  \"permit_mynetworks\",",
              "  \"permit_sasl_authenticated\",",
              "  \"reject_unauth_destination\",",
              "  \"check_recipient_access texthash:/etc/postern/greylisted\",",
              "]",
              "[lists]",
              "patient = [\"check_greylist\"]",
            ]),
            .paragraph("where /etc/postern/greylisted has a line for each:"),
            .literal(["alice@lab.example  patient"]),
          ]),
        Section(title: "SEE ALSO", blocks: [.paragraph("posternd(8), postern(1), pam.conf(5)")]),
      ])

  private static func section(of table: SettingsTable) -> Section {
    let terms = table.keys.map { key in
      Term(
        key.shipped.map { "\(key.name) = \($0)" } ?? key.name, "\(key.summary) Takes \(key.takes).")
    }
    return Section(
      title: "[\(table.heading)]", blocks: [.paragraph(table.summary), .terms(terms)])
  }
}
