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
            A TOML file. Every key has a default, and an empty file is a working configuration. The file must belong \
            to root and not be writable for everybody. It holds no secret, and has to be readable for the users of \
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
        Section(
          title: "EXAMPLE",
          blocks: [
            .paragraph("A second socket for an smtpd that is chrooted to its queue directory:"),
            .literal([
              "[auth]",
              "listen = [\"/run/saslauthd/mux\", \"/var/spool/postfix/var/run/saslauthd/mux\"]",
            ]),
          ]),
        Section(title: "SEE ALSO", blocks: [.paragraph("posternd(8), postern(1), pam.conf(5)")]),
      ])

  private static func section(of table: SettingsTable) -> Section {
    let terms = table.keys.map { key in
      Term("\(key.name) = \(key.shipped)", "\(key.summary) Takes \(key.takes).")
    }
    return Section(
      title: "[\(table.name)]", blocks: [.paragraph(table.summary), .terms(terms)])
  }
}
