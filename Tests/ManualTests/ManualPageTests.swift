import Policy
import Settings
import Testing

@testable import Manual

struct ManualPageTests {
  private let page = ManualPage(
    name: "thing", section: 8, summary: "does a thing",
    synopsis: ["thing [-x]", "thing old FLAGS"],
    sections: [
      ManualPage.Section(title: "DESCRIPTION", blocks: [.paragraph(".dots and \\ and -dashes")]),
      ManualPage.Section(
        title: "OPTIONS",
        blocks: [
          .terms([
            ManualPage.Term("-x", String(repeating: "word ", count: 20) + "end."),
            ManualPage.Term("--a-long-option-name", "Short."),
          ])
        ]),
      ManualPage.Section(title: "EXAMPLE", blocks: [.literal(["'quoted", "[auth]"])]),
    ])

  @Test func `--help is the usage and the options, wrapped`() {
    #expect(
      page.help == """
        usage: thing [-x]
               thing old FLAGS

        thing: does a thing

        OPTIONS
          -x              word word word word word word word word word word word word
                          word word word word word word word word end.
          --a-long-option-name
                          Short.

        thing(8) tells more.

        """)
  }

  @Test func `mdoc takes no text for a request`() {
    #expect(
      page.mdoc(date: "May 1, 2026") == """
        .Dd May 1, 2026
        .Dt THING 8
        .Os
        .Sh NAME
        .Nm thing
        .Nd does a thing
        .Sh SYNOPSIS
        .Bd -literal
        thing [\\-x]
        thing old FLAGS
        .Ed
        .Sh DESCRIPTION
        .Pp
        \\&.dots and \\e and \\-dashes
        .Sh OPTIONS
        .Bl -tag -width Ds
        .It Sy "\\-x"
        \(String(repeating: "word ", count: 20))end.
        .It Sy "\\-\\-a\\-long\\-option\\-name"
        Short.
        .El
        .Sh EXAMPLE
        .Bd -literal -offset indent
        \\&'quoted
        [auth]
        .Ed

        """)
  }

  @Test func `postern.toml(5) has every key with its default`() {
    let sections = ManualPage.posternToml.sections.filter { $0.title.hasPrefix("[") }
    let terms = sections.flatMap(\.blocks).flatMap { block in
      guard case .terms(let terms) = block else { return [String]() }
      return terms.map(\.name)
    }
    let keys = Settings.schema.flatMap(\.keys)
    #expect(terms == keys.map { key in key.shipped.map { "\(key.name) = \($0)" } ?? key.name })
  }

  @Test func `postern.toml(5) has a section for every table`() {
    let titles = ManualPage.posternToml.sections.map(\.title).filter { $0.hasPrefix("[") }
    #expect(
      titles == [
        "[mail]", "[auth]", "[auth.cache]", "[auth.service.NAME]", "[auth.realm.\"NAME\"]",
        "[policy.NAME]", "[lists]", "[parameters]", "[greylist]", "[dns]", "[dns.zone.\"ZONE\"]",
        "[dnsbl.NAME]", "[store]", "[control]", "[log]", "[run]",
      ])
  }

  @Test func `postern.toml(5) names every restriction, table type and difference`() {
    let page = ManualPage.posternToml.mdoc(date: "May 1, 2026")
    let known = RestrictionVocabulary.known
    for name in known.evaluated + known.inMainCf + known.removed.map(\.name) {
      #expect(page.contains(name), "\(name)")
    }
    #expect(known.evaluated.contains("check_greylist") && known.evaluated.contains("check_client_access"))
    #expect(known.inMainCf.contains("reject_unlisted_recipient") && !known.inMainCf.contains("permit"))
    for kind in TableName.Kind.allCases { #expect(page.contains("\"\(kind.rawValue):\""), "\(kind)") }
    #expect(PostfixDifference.allCases.allSatisfy { page.contains($0.text.replacing("-", with: "\\-")) })
  }

  @Test(arguments: ManualPage.all.map(\.fileName))
  func `no line of help is wider than a terminal`(name: String) throws {
    let page = try #require(ManualPage.all.first { $0.fileName == name })
    #expect(page.help.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
