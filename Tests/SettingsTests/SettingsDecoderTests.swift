import Credentials
import Testing

@testable import Settings

struct SettingsDecoderTests {
  private static func decode(_ text: String) throws(SettingsErrors) -> Settings {
    try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
  }

  static let mistakes = [
    // Names.
    Mistake("[auth]\nworker = 5", "2: auth.worker: unknown key; did you mean auth.workers?"),
    Mistake("[auht]\n", "1: auht: unknown key; did you mean auth?"),
    Mistake("workers = 5", "1: workers: unknown key; did you mean auth.workers?"),
    Mistake("[log]\ndeadline = 5", "2: log.deadline: unknown key; did you mean auth.deadline?"),
    Mistake("[auth]\nxyzzy = 5", "2: auth.xyzzy: unknown key"),
    Mistake("auth.wrokers = 5", "1: auth.wrokers: unknown key; did you mean auth.workers?"),
    Mistake("auth = 5", "1: auth: a table is expected: [auth]"),
    Mistake("[[auth]]\n", "1: auth: a table is expected: [auth]"),
    // Keys of what isn't built.
    Mistake("[smtpd]\n", "1: smtpd: unknown key"),
    Mistake("[run]\nremote = \"x\"", "2: run.remote: unknown key"),
    // Tables in a table.
    Mistake("[auth.cach]\nlifetime = 1", "1: auth.cach: unknown key; did you mean auth.cache?"),
    Mistake("auth.cache = 5", "1: auth.cache: a table is expected: [auth.cache]"),
    Mistake(
      "[auth.cache]\nlifetme = 1", "2: auth.cache.lifetme: unknown key; did you mean auth.cache.lifetime?"),
    Mistake("[auth]\nlifetime = 1", "2: auth.lifetime: unknown key; did you mean auth.cache.lifetime?"),
    Mistake("[cache]\n", "1: cache: unknown key; did you mean auth.cache?"),
    // Tables that the administrator names.
    Mistake("auth.service = 5", "1: auth.service: a table is expected: [auth.service.NAME]"),
    Mistake("auth.service.imap = 5", "1: auth.service.imap: a table is expected: [auth.service.imap]"),
    Mistake("[[auth.service.imap]]", "1: auth.service.imap: a table is expected: [auth.service.imap]"),
    Mistake(
      "[auth.services.imap]\n",
      "1: auth.services: a list is expected, not a table; did you mean auth.service?"),
    Mistake(
      "[auth.service.imap]\nmechanism = \"pam\"",
      "2: auth.service.imap.mechanism: unknown key; did you mean auth.service.imap.mechanisms?"),
    Mistake(
      "[auth.service.imap]\nallow_newprivileges = true",
      """
      2: auth.service.imap.allow_newprivileges: unknown key; did you mean \
      auth.service.imap.allow_new_privileges?
      """),
    Mistake(
      "[auth.service.imap]\nworkers = 3",
      "2: auth.service.imap.workers: unknown key; did you mean auth.workers?"),
    Mistake(
      "[auth]\nallow_exec = true",
      "2: auth.allow_exec: unknown key; did you mean auth.service.NAME.allow_exec?"),
    Mistake(
      "[auth.service.imap]\nallow_exec = 1",
      "2: auth.service.imap.allow_exec: true or false is expected, not a number"),
    Mistake(
      "[auth.service.imap]\nmechanisms = \"shadwo\"",
      """
      2: auth.service.imap.mechanisms: \"shadwo\" is not one of getpwent, pam, shadow; did you mean shadow?
      """),
    Mistake(
      "[auth.service.imap]\nmechanisms = []",
      "2: auth.service.imap.mechanisms: 1 to 3 items are expected, not 0"),
    Mistake(
      "[auth.service.\"../x\"]\nallow_exec = 1",
      "1: auth.service.\"../x\": \"../x\" is not a service name (letters, digits, - _ .)",
      "2: auth.service.\"../x\".allow_exec: true or false is expected, not a number"),
    Mistake(
      "[auth.service.\"\"]",
      "1: auth.service.\"\": \"\" is not a service name (letters, digits, - _ .)"),
    Mistake(
      "[auth.service.imap]\n[auth.service.IMAP]", "2: auth.service.IMAP: \"IMAP\" is given twice"),
    Mistake(
      "[auth.service.imapp]\n",
      """
      1: auth.service.imapp: this service is not in auth.services; mend: add it there, or remove the table; \
      did you mean auth.service.imap?
      """),
    Mistake(
      "[auth]\nservices = \"imap\"\n[auth.service.\"x.Y\"]\n",
      """
      3: auth.service.\"x.y\": this service is not in auth.services; mend: add it there, or remove the table
      """),
    // What may be asked for isn't known then.
    Mistake(
      "[auth]\nservices = 5\n[auth.service.xyz]\n", "2: auth.services: a list is expected, not a number"),
    Mistake(
      "[auth.realm.\"example.org\"]\n", "1: auth.realm.\"example.org\".mechanisms: is missing"),
    Mistake(
      "[auth.realm.example.org]\nmechanisms = \"pam\"",
      "1: auth.realm.example.org: unknown key; did you mean auth.realm.\"example.org\"?"),
    Mistake(
      "[auth.realm.mail.example.org]\nmechanisms = \"pam\"",
      "1: auth.realm.mail.example: unknown key; did you mean auth.realm.\"mail.example.org\"?"),
    Mistake(
      "[auth.realm.\"\"]\nmechanisms = \"pam\"",
      "1: auth.realm.\"\": \"\" is not a realm of 1 to 256 bytes"),
    Mistake(
      "auth.realm.lab.mechanisms = 5", "1: auth.realm.lab.mechanisms: a list is expected, not a number"),
    Mistake(
      "[auth.realm.lab]\nmechanisms = \"pam\"\n[auth.realm.LAB]\nmechanisms = \"pam\"",
      "3: auth.realm.LAB: \"LAB\" is given twice"),
    Mistake(
      "[auth.realm.lab]\nallow_exec = true",
      "1: auth.realm.lab.mechanisms: is missing",
      "2: auth.realm.lab.allow_exec: unknown key; did you mean auth.service.NAME.allow_exec?"),
    // Workers are numbered in a byte.
    Mistake(
      "[auth]\nworkers = 129\n[auth.service.imap]\nallow_exec = true",
      """
      2: auth.workers: 129 are too many: the allow_* of the services make 2 kinds of workers, and all together \
      may be 256; mend: at most 128, or fewer kinds
      """),
    Mistake(
      "[auth]\nmode = 5\nworkers = 200\n[auth.service.imap]\nallow_exec = true",
      "2: auth.mode: a file mode such as \"0660\" is expected, not a number",
      """
      3: auth.workers: 200 are too many: the allow_* of the services make 2 kinds of workers, and all together \
      may be 256; mend: at most 128, or fewer kinds
      """),
    Mistake(
      "auth.service = {b2 = {}, a1 = {}}",
      "1: auth.service.a1: this service is not in auth.services; mend: add it there, or remove the table",
      "1: auth.service.b2: this service is not in auth.services; mend: add it there, or remove the table"),
    // Types.
    Mistake(
      "[auth]\nworkers = \"5\"", "2: auth.workers: a whole number from 1 to 256 is expected, not a string"),
    Mistake(
      "[auth]\nworkers = 5.0",
      "2: auth.workers: a whole number from 1 to 256 is expected, not a number with a fraction"),
    Mistake("[auth]\nappend_realm = 1", "2: auth.append_realm: true or false is expected, not a number"),
    Mistake(
      "[auth]\ndeadline = 1979-05-27",
      "2: auth.deadline: a time from 1s to 5m is expected, not a date or time"),
    Mistake("[auth]\nlisten = 5", "2: auth.listen: a list is expected, not a number"),
    Mistake(
      "[auth]\nlisten = [\n\"/a\",\n7]",
      "4: auth.listen: an absolute path of at most 107 bytes is expected, not a number"),
    Mistake("[auth]\nmode = 660", "2: auth.mode: a file mode such as \"0660\" is expected, not a number"),
    Mistake("[auth]\nmode = {}", "2: auth.mode: a file mode such as \"0660\" is expected, not a table"),
    // Values.
    Mistake("[auth]\nworkers = 0", "2: auth.workers: 0 is not a whole number from 1 to 256"),
    Mistake("[auth]\nworkers = 257", "2: auth.workers: 257 is not a whole number from 1 to 256"),
    Mistake(
      "[auth]\nworkers = -9223372036854775808",
      "2: auth.workers: -9223372036854775808 is not a whole number from 1 to 256"),
    Mistake("[auth.cache]\nlifetime = \"2d\"", "2: auth.cache.lifetime: 2d is not a time from 0s to 1d"),
    Mistake(
      "[auth.cache]\nentries = 0", "2: auth.cache.entries: 0 is not a whole number from 1 to 100000"),
    Mistake("[auth]\ndeadline = 0", "2: auth.deadline: 0 is not a time from 1s to 5m"),
    Mistake("[auth]\ndeadline = \"1h\"", "2: auth.deadline: 1h is not a time from 1s to 5m"),
    Mistake("[auth]\ndeadline = -1", "2: auth.deadline: \"-1\" is no time such as 10s, 5m, 2h, 1d or 1w"),
    Mistake(
      "[auth]\ndeadline = \"10x\"", "2: auth.deadline: \"10x\" is no time such as 10s, 5m, 2h, 1d or 1w"),
    Mistake("[auth]\nmode = \"0888\"", "2: auth.mode: \"0888\" is not a file mode such as \"0660\""),
    Mistake("[auth]\nmode = \"4755\"", "2: auth.mode: \"4755\" is not a file mode such as \"0660\""),
    Mistake("[auth]\nlisten = []", "2: auth.listen: 1 to 16 items are expected, not 0"),
    Mistake(
      "[auth]\nlisten = \"run/mux\"",
      "2: auth.listen: \"run/mux\" is not an absolute path of at most 107 bytes"),
    Mistake("[auth]\nlisten = \"/a, /a\"", "2: auth.listen: \"/a\" is given twice"),
    Mistake(
      "[auth]\nlisten = \"/\(String(repeating: "x", count: 107))\"",
      "2: auth.listen: \"/\(String(repeating: "x", count: 107))\" is not an absolute path of at most 107 bytes"
    ),
    Mistake(
      "[auth]\npam_directory = \"/etc\\u0000/x\"",
      "2: auth.pam_directory: \"/etc\\u{0}/x\" is not an absolute path of at most 1000 bytes"),
    Mistake(
      "[auth]\nmechanisms = [\"PAMM\"]",
      "2: auth.mechanisms: \"PAMM\" is not one of getpwent, pam, shadow; did you mean pam?"),
    Mistake(
      "[auth]\nmechanisms = \"pam ldap\"", "2: auth.mechanisms: \"ldap\" is not one of getpwent, pam, shadow"),
    Mistake(
      "[auth]\nservices = [\"../smtp\"]",
      "2: auth.services: \"../smtp\" is not a service name (letters, digits, - _ .)"),
    Mistake("[auth]\nservices = [\"smtp\", \"SMTP\"]", "2: auth.services: \"smtp\" is given twice"),
    Mistake("[auth]\nallow_users = [\"\"]", "2: auth.allow_users: \"\" is not a user name"),
    Mistake("[run]\nfront = \"a b\"", "2: run.front: \"a b\" is not a user name"),
    Mistake(
      "[log]\nto = \"sysolg\"",
      "2: log.to: \"sysolg\" is not one of journal, syslog, stderr; did you mean syslog?"),
    // Syntax: only the first, since nothing after it can be trusted.
    Mistake("[auth]\nworkers = \n", "2: Error while parsing key-value pair: expected value, saw '\\n'"),
    // All in one run, in the order of the file.
    Mistake(
      "[run]\nfornt = \"x\"\n[auth]\nworkers = 0\nlisten = [\"a\",\n\"b\"]\n",
      "2: run.fornt: unknown key; did you mean run.front?",
      "4: auth.workers: 0 is not a whole number from 1 to 256",
      "5: auth.listen: \"a\" is not an absolute path of at most 107 bytes",
      "6: auth.listen: \"b\" is not an absolute path of at most 107 bytes"),
  ]

  @Test(arguments: mistakes)
  func `names line, key and mend`(_ mistake: Mistake) throws {
    let thrown = #expect(throws: SettingsErrors.self) { try Self.decode(mistake.text) }
    #expect(thrown?.errors.map(\.description) == mistake.says)
  }

  @Test func `an empty file means the defaults`() throws {
    #expect(try Self.decode("") == Settings())
  }

  @Test func `takes every key`() throws {
    let settings = try Self.decode(
      """
      [auth]
      listen = "/run/a, /run/b"
      mode = "600"
      group = ""
      allow_users = ["postfix", "cyrus"]
      mechanisms = "shadow getpwent"
      services = "SMTP"
      pam_directory = "/usr/lib/pam.d"
      workers = 0x10
      deadline = "1m"
      append_realm = true
      [auth.cache]
      lifetime = 0
      entries = 7
      [auth.service.Smtp]
      mechanisms = "pam"
      allow_exec = true
      allow_network = true
      allow_new_privileges = true
      [auth.realm."Example.org"]
      mechanisms = ["getpwent", "pam"]
      [control]
      directory = "/run/x"
      group = "staff"
      [log]
      to = "stderr"
      level = "warning"
      format = "json"
      [run]
      front = "nobody"
      local = "_pw"
      """)
    var expected = Settings()
    expected.auth.listen = ["/run/a", "/run/b"]
    expected.auth.mode = 0o600
    expected.auth.group = ""
    expected.auth.allowUsers = ["postfix", "cyrus"]
    expected.auth.mechanisms = [.shadow, .getpwent]
    expected.auth.services = [try #require(ServiceName("smtp"))]
    expected.auth.pamDirectory = "/usr/lib/pam.d"
    expected.auth.workers = 16
    expected.auth.deadline = .seconds(60)
    expected.auth.appendRealm = true
    expected.auth.cache.lifetime = .zero
    expected.auth.cache.entries = 7
    var smtp = ServiceSettings()
    smtp.mechanisms = [.pam]
    smtp.rights = .all
    expected.auth.serviceSettings = [try #require(ServiceName("smtp")): smtp]
    expected.auth.realmMechanisms = [try #require(RealmName("example.org")): [.getpwent, .pam]]
    expected.control.directory = "/run/x"
    expected.control.group = "staff"
    expected.log.target = .stderr
    expected.log.level = .warning
    expected.log.format = .json
    expected.run.front = "nobody"
    expected.run.local = "_pw"
    #expect(settings == expected)
  }

  @Test func `takes a bare number as seconds`() throws {
    #expect(try Self.decode("auth.deadline = 30").auth.deadline == .seconds(30))
  }

  @Test func `rights that are taken back make no workers of their own`() throws {
    let text = """
      [auth]
      workers = 128
      [auth.service.imap]
      allow_exec = false
      [auth.service.pop]
      allow_network = true
      [auth.service.smtp]
      allow_network = true
      """
    #expect(try Self.decode(text).auth.crews == [[], .network])
  }
}
