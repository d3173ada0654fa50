import Testing

@testable import Settings

/// Faults that whoever reads a list finds, as errors of the file that it stands in.
struct ListErrorTests {
  private static let source = SettingsSource.file("/etc/postern/postern.toml")
  private let settings: Settings

  init() throws {
    settings = try SettingsFile.decode(
      Array(
        """
        [policy."x.y"]
        listen = "unix:/a"
        restrictions = [
          "permit_mynetworks",
          "rejct",
        ]
        [lists]
        residential = [
          "reject"]
        [mail]
        mydestination = ["a",
          "!"]
        [parameters]
        recipient_delimiter = ""
        """.utf8), place: "postern.toml")
  }

  @Test(arguments: [
    ("x.y", 2, "5: policy.\"x.y\".restrictions"), ("x.y", 1, "4: policy.\"x.y\".restrictions"),
    ("x.y", 0, "3: policy.\"x.y\".restrictions"), ("x.y", 3, "3: policy.\"x.y\".restrictions"),
    ("residential", 1, "9: lists.residential"), ("residential", 0, "8: lists.residential"),
  ])
  func `names the line of an item`(list: String, item: Int, place: String) {
    let error = settings.error(
      inList: list, item: item, "there is no rejct", suggestion: "reject", source: Self.source)
    #expect(error.description == "postern.toml:\(place): there is no rejct; did you mean reject?")
  }

  @Test(arguments: [
    ("mydestination", 2, "postern.toml:12: mail.mydestination"),
    ("mydestination", 0, "postern.toml:11: mail.mydestination"),
    ("recipient_delimiter", 0, "postern.toml:14: parameters.recipient_delimiter"),
    // What the file doesn't say comes from Postfix.
    ("mynetworks", 1, "main.cf: mynetworks"), ("reject_code", 0, "main.cf: reject_code"),
  ])
  func `names the line of a value`(name: String, item: Int, place: String) {
    let error = settings.error(inParameter: name, item: item, "can't be", source: Self.source)
    #expect(error.description == "\(place): can't be")
  }

  @Test func `a command line has no lines`() throws {
    let source = SettingsSource.postgrey(["--inet=1"])
    let error = try Settings.load(source).error(inList: "greylist", item: 1, "can't be", source: source)
    #expect(error.description == "postgrey: policy.greylist.restrictions: can't be")
  }

  @Test func `errors of one run stand in the file's order`() {
    let errors = [2, 0, 1].map { settings.error(inList: "x.y", item: $0, "no", source: Self.source) }
    #expect(SettingsErrors(errors).errors.map(\.line) == [3, 4, 5])
  }
}
