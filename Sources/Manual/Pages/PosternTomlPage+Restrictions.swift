import Policy

extension ManualPage {
  /// What may stand in a list, from the values by which lists are read.
  static let restrictions = Section(
    title: "RESTRICTIONS",
    blocks: [
      .paragraph(
        """
        They mean what postconf(5) says of them, take their arguments from the words after them, and answer with \
        Postfix's codes, statuses and texts. A list of [lists] is called by its name. Evaluated here are:
        """),
      .literal(lines(of: vocabulary.evaluated)),
      .paragraph(
        """
        check_greylist is none of Postfix's: it asks the greylist of [greylist]. The accesses look up a table \
        (below), whose results are access(5)'s, names of restrictions and of lists among them.
        """),
      .paragraph(
        """
        check_dnsbl is none of Postfix's either: it weighs the lists of [dnsbl.NAME] together. What asks the DNS asks \
        all at once when a request arrives; an answer that doesn't come within the budget of [dns] is a temporary \
        failure, as in Postfix.
        """),
      .paragraph(
        """
        What needs to know things that only smtpd knows stays in main.cf, beside check_policy_service; in a list \
        of postern.toml it is an error that says so:
        """),
      .literal(lines(of: vocabulary.inMainCf)),
      .paragraph(
        "Gone from Postfix, and an error here: "
          + sentence(vocabulary.removed.map { "\($0.name) (write \($0.instead))" })),
      .paragraph(
        "Names of early Postfix versions are taken for what they are called now: "
          + sentence(vocabulary.older.map { "\($0.name) for \($0.now)" })),
    ])

  /// The types of the tables that restrictions look up.
  static let tables = Section(
    title: "TABLES",
    blocks: [
      .paragraph(
        """
        A table is written as in main.cf, type:/path, or as type:{...} with its rows in the list. Files are read \
        again when they change. One with a mistake is named in the log with its line, and the old one stays; where \
        there is no old one, whatever asks it answers 451. The user of [run] front has to be able to read them: where \
        he isn't, postern check names the chgrp and chmod that mend it.
        """),
      .terms(TableName.Kind.allCases.map { Term($0.rawValue + ":", meaning(of: $0)) }),
      .paragraph(
        """
        Tables of Postfix's other types (ldap:, mysql:, proxy: ...) are an error: such a restriction stays in main.cf.
        """),
    ])

  /// Where we don't do as main.cf's own restrictions do.
  static let differences = Section(
    title: "DIFFERENCES",
    blocks: [
      .paragraph("What a policy service can't do or say as the same restriction of main.cf does:")
    ] + PostfixDifference.allCases.map { .paragraph($0.text) })

  private static let vocabulary = RestrictionVocabulary.known

  /// Names that follow one another as in a list, no line longer than a terminal's with its margins.
  private static func lines(of names: [String]) -> [String] {
    names.reduce(into: [""]) { lines, name in
      let last = lines.removeLast()
      let longer = last.isEmpty ? name : "\(last), \(name)"
      lines += longer.count <= 66 ? [longer] : ["\(last),", name]
    }
  }

  private static func sentence(_ parts: [String]) -> String { parts.joined(separator: ", ") + "." }

  private static func meaning(of kind: TableName.Kind) -> String {
    switch kind {
    case .cidr: "Networks and addresses, the first row that matches: cidr_table(5)."
    case .regexp: "The system's extended regular expressions: regexp_table(5)."
    case .pcre: "Perl's regular expressions: pcre_table(5)."
    case .texthash: "Keys and values as postmap(1) reads them, without an index."
    case .inline: "Rows in braces only: inline:{key=value, {key = a value with blanks}}."
    case .hash, .btree, .lmdb:
      "An index that postmap(1) has made. It is read through postmap -s, for which Postfix has to be installed."
    }
  }
}
