import MailTypes
import Testing

@testable import Policy

/// The answers for texthash:, cidr: and regexp: are those of Postfix 3.7's `postmap -q`.
struct LookupTableTests {
  private static func table(_ name: String, _ text: String) throws -> LookupTable {
    try LookupTable(try TableName(name), contents: Array(text.utf8))
  }

  private static func find(_ key: String, in table: LookupTable) -> String? {
    if case .found(let value) = table[Array(key.utf8)] { value.repairedText } else { nil }
  }

  // MARK: Exact

  @Test(arguments: [
    ("a.example", "OK"), ("A.Example", "OK"), ("b", "REJECT two words"), ("c", "one  two\tthree"),
    ("\"john smith\"@x", "DUNNO"), ("dup", "first"), ("d", nil), ("#", nil),
  ])
  func `a text is read as postmap reads it`(key: String, value: String?) throws {
    let text = """
      # a comment
      a.example   OK  \t

      B\tREJECT two words
        # a comment within
      c one
        two

      \tthree
      "john smith"@x DUNNO
      dup first
      dup second
      """
    #expect(Self.find(key, in: try Self.table("texthash:/t", text)) == value)
  }

  @Test func `what postmap lists is a table`() throws {
    let table = try Self.table("hash:/t", "a b\tOK\nc\t# no comment  \n\n")
    #expect(Self.find("a b", in: table) == "OK" && Self.find("c", in: table) == "# no comment  ")
  }

  @Test func `a table may stand in the list itself`() throws {
    let table = try Self.table(
      "inline:{a=OK, { b = REJECT no, really }, c=x=y}", "")
    #expect(Self.find("a", in: table) == "OK" && Self.find("B", in: table) == "REJECT no, really")
  }

  // MARK: Networks

  static let networks = """
    192.0.2.1 host
    !192.0.2.0/24 not
    if 192.0.2.128/25
    192.0.2.200 inner
    !192.0.2.192/26 inner not
    endif
    [2001:db8::]/32 brackets
    2001:db9::/32 six
    IF !10.0.0.0/8
    0.0.0.0/0 rest
    ENDIF
    """

  @Test(arguments: [
    ("192.0.2.1", "host"), ("198.51.100.1", "not"), ("192.0.2.200", "inner"), ("192.0.2.130", "inner not"),
    ("192.0.2.193", "rest"), ("192.0.2.5", "rest"), ("2001:db8::1", "brackets"), ("2001:DB9::1", "six"),
    ("2001:dba::1", nil), ("host.example", nil), ("", nil), ("10.0.0.1", "not"),
  ])
  func `networks are asked in the order of the file`(key: String, value: String?) throws {
    #expect(Self.find(key, in: try Self.table("cidr:/t", Self.networks)) == value)
  }

  // MARK: Expressions

  static let expressions = """
    /^a\\.example$/ plain
    /^CASE$/i sensitive
    !/^[a-z@.]+$/ not letters
    if /@lab/
    if !/^root@/
    /^(.*)@(lab)/ ${1} at $(2)$$
    endif
    /^root@/ root $$1
    endif
    |^x/y$|  bars
    #/comment/ no
    /continued/
      on the next
    """

  @Test(
    arguments: ["regexp", "pcre"],
    [
      ("A.EXAMPLE", "plain"), ("CASE", "sensitive"), ("case", nil), ("a1", "not letters"),
      ("joe@lab", "joe at lab$"), ("root@lab", "root $1"), ("x/y", "not letters"),
      ("continued", "on the next"),
      ("aaexample", nil),
    ])
  func `expressions are asked in the order of the file`(type: String, row: (String, String?)) throws {
    #expect(Self.find(row.0, in: try Self.table("\(type):/t", Self.expressions)) == row.1)
  }

  @Test func `POSIX and Perl are different languages`() throws {
    #expect(Self.find("x1", in: try Self.table("pcre:/t", "/^\\w\\d$/ yes")) == "yes")
    #expect(Self.find("x1", in: try Self.table("regexp:/t", "/^[[:alpha:]][[:digit:]]$/ yes")) == "yes")
    // Leftmost and longest, and leftmost and first.
    #expect(Self.find("ab", in: try Self.table("regexp:/t", "/(a|ab)/ $1")) == "ab")
    #expect(Self.find("ab", in: try Self.table("pcre:/t", "/(a|ab)/ $1")) == "a")
    #expect(Self.find("a b", in: try Self.table("pcre:/t", "/a\\ b # x/x yes")) == "yes")
    #expect(Self.find("a+", in: try Self.table("regexp:/t", "/^a+$/x basic")) == "basic")
    #expect(Self.find("joe@lab", in: try Self.table("regexp:/t", "/^(.*)@lab/!/^root/ $1")) == "joe")
    #expect(Self.find("root@lab", in: try Self.table("regexp:/t", "/^(.*)@lab/!/^root/ $1")) == nil)
    #expect(Self.find("a\nb", in: try Self.table("pcre:/t", "/a.b/ all")) == "all")
    #expect(Self.find("a\nb", in: try Self.table("pcre:/t", "/a.b/s all")) == nil)
  }

  @Test func `an expression that takes too long says nothing`() throws {
    let table = try Self.table("pcre:/t", "/^(a+)+$/ x")
    #expect(table[Array(String(repeating: "a", count: 40).utf8) + [UInt8(ascii: "!")]] == .failed)
  }

  @Test(arguments: [("regexp:/t", 2048, "x"), ("regexp:/t", 2049, nil), ("pcre:/t", 2049, "x")])
  func `an expression without a limit of steps isn't asked about more than a line of a client's`(
    name: String, length: Int, value: String?
  ) throws {
    for pattern in ["/a$/ x", "!/b/ x"] {
      let answer = try Self.table(name, pattern)[Array(repeating: UInt8(ascii: "a"), count: length)]
      #expect(answer == value.map { .found(Array($0.utf8)) } ?? .failed)
    }
  }

  @Test func `expressions may stand in the list itself`() throws {
    let table = try Self.table("pcre:{ { /^a/ OK }, {/b{2}/ REJECT two} }", "")
    #expect(Self.find("bb", in: table) == "REJECT two")
    #expect(Self.find("192.0.2.1", in: try Self.table("cidr:{{192.0.2.0/24 OK}}", "")) == "OK")
  }

  // MARK: Faults

  @Test(arguments: [
    ("texthash:/t", "a OK\nb\n", 2, "there is no result"),
    ("texthash:/t", " a OK\n", 1, "the first line begins"),
    ("hash:/t", "a\tOK\nb\n", 2, "there is no result"), ("hash:/t", "\tOK\n", 1, "there is no pattern"),
    ("inline:{a}", "", 1, "a is no name = value"), ("inline:{a=}", "", 1, "there is no result"),
    (
      "cidr:/t", "\n192.0.2.1/24 OK\n", 2,
      "192.0.2.1/24 has bits after the prefix; did you mean 192.0.2.0/24?"
    ),
    ("cidr:/t", "192.0.2.0/33 OK", 1, "192.0.2.0/33 is no address or network"),
    ("cidr:/t", "host OK", 1, "host is no address or network"),
    ("cidr:/t", "[::1 OK", 1, "[::1 is no address"),
    ("cidr:/t", "192.0.2.1", 1, "there is no result"), ("cidr:/t", "endif", 1, "endif without if"),
    ("cidr:/t", "if 192.0.2.1\n", 1, "if without endif"),
    ("cidr:/t", "if 192.0.2.1 x\nendif", 1, "there is more after if"),
    ("cidr:/t", "if 192.0.2.1\nendif x", 2, "there is more after endif"),
    ("cidr:/t", "!", 1, "there is no pattern"),
    ("pcre:/t", "/a OK", 1, "no / at the expression's end"),
    ("pcre:/t", "/(/ OK", 1, "missing closing parenthesis"),
    ("pcre:/t", "/a/q OK", 1, "no flag q"), ("pcre:/t", "/a/", 1, "there is no result"),
    ("pcre:/t", "/a/ $1", 1, "$1: no such part"), ("pcre:/t", "!/(a)/ $1", 1, "$1: no such part"),
    ("pcre:/t", "/(a)/ $x", 1, "$x: no such part"), ("pcre:/t", "/(a)/ ${1", 1, "${1: no such part"),
    ("pcre:/t", "abc OK", 1, "there is no pattern"), ("regexp:/t", "/[/ OK", 1, "Invalid regular expression"),
    ("pcre:{/a/ OK}", "", 1, "braces don't match"),
  ])
  func `what is no rule is named with its line`(name: String, text: String, line: Int, reason: String) throws
  {
    let fault = try #require(throws: TableFault.self) { try Self.table(name, text) }
    #expect(fault.line == line && fault.reason.description.contains(reason), "\(fault.reason)")
    #expect(fault.description(of: try TableName(name)).contains("\(line): "))
  }
}
