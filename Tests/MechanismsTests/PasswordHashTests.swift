import Testing

@testable import Mechanisms

@Suite struct PasswordHashTests {
  @Test(
    arguments: [
      "$y$j9T$saltsalt$0ZRt7zd0gn9pQsq3yDeuwj9hFSoqeo/y42wyzM0m.d0",
      "$gy$j9T$saltsalt$kjH5.ubr06Qt4IMEai3964CVL6M0q9NKk3QsjQpqjD3",
      "$7$CU..../....saltsalt$6ww5SAK0/7p9WW5plCUlfgXj06fa/soUcEzZCxs/ntD",
      "$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm",
      "$6$$bLTg4cpho8PIUrjfsE7qlU08Qx2UEfw..xOc6I1wpGVtyVYToGrr7BzRdAAnEr5lYFr1Z9WcCf1xNZ1HG9qFW1",
      "$5$rounds=10000$saltsalt$a6WJS3V6B3leg7T3.ELC5.vcUmHOyFDvLaurLBy.mc8",
      "$sha1$1000000$saltsalt$00DlCxb6au6BjsUucvUhlCP12boR",
      "$md5$saltsalt$$AtJ19OQz0FYM2k.rKgVnV.",
      "$md5,rounds=100000$saltsalt$$huLUTTOOXVthyTUDHXUoX0",
      "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/",
      "$3$$8846f7eaee8fb117ad06bdd830b7586c",
      "_zzz.saltW9pXTdxvc.U",
      "abJnggxhB/yWI",
    ])
  func `Every kind of hash that libcrypt makes matches its password and no other`(_ text: String) throws {
    let hash = try #require(PasswordHash(text))
    #expect("password".withBytes(hash.compare) == .match)
    #expect("passwore".withBytes(hash.compare) == .mismatch)
  }

  @Test(
    arguments: [
      "", "*", "!", "!!", "!*", "*0", "*1", "x", "*LK*", "NP", "$", "$6", "$y", "$9$salt$hash", "$$",
      "password",
      "!$6$$bLTg4cpho8PIUrjfsE7qlU08Qx2UEfw..xOc6I1wpGVtyVYToGrr7BzRdAAnEr5lYFr1Z9WcCf1xNZ1HG9qFW1",
      String(repeating: "*", count: 65_536),
    ])
  func `Locks, stand-ins and what no method made match nothing`(_ field: String) {
    #expect(PasswordHash(field) == nil)
  }

  @Test(
    arguments: [
      "$y$", "$y$j9T", "$y$j9T$", "$6$rounds=999$salt$", "$2b$03$abcdefghijklmnopqrstuu", "$6$", "$1$", "_",
      "$6$salt$" + String(repeating: "x", count: 65_536), "aaaaaaaaaaaaa",
    ])
  func `Hashes that only look like one match nothing`(_ field: String) {
    for password in ["x", "password", "*0", field.prefix(100).description] {
      let comparison = PasswordHash(field).map { password.withBytes($0.compare) }
      #expect(comparison != .match)
    }
  }

  @Test(
    arguments: [
      "$6$rounds=999999999$saltsalt$x", "$5$rounds=2000001$saltsalt$x", "$2b$31$abcdefghijklmnopqrstuu",
      "$2y$16$abcdefghijklmnopqrstuu", "$sha1$4294967295$saltsalt$x", "$md5,rounds=4294967295$saltsalt$$x",
      "$y$jGT$saltsalt$x", "$y$jlT$saltsalt$x", "$y$j9z$saltsalt$x", "$y$j9T/.$saltsalt$x",
      "$gy$jlT$saltsalt$x",
      "$7$lU..../....saltsalt$x", "$7$CUzzzz/....saltsalt$x", "$7$CU..../zzzzsaltsalt$x",
      "$6$rounds=99999999999999999999$saltsalt$x",
    ])
  func `A hash that would take minutes is not computed`(_ field: String) {
    #expect(PasswordHash(field) == nil)
  }

  @Test(
    arguments: ["$y$jFT$saltsalt$x", "$7$GU..../....saltsalt$x", "$6$rounds=2000000$saltsalt$x"])
  func `The highest cost that passwd(1) can be told to use is still computed`(_ field: String) {
    #expect(PasswordHash(field) != nil)
  }
}

extension String {
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Array(utf8).withUnsafeBytes(body)
  }
}
