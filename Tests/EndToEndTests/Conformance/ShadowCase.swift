import Testing

/// One line of shadow(5), and what the mechanism *shadow* makes of the right password (checklist 32 to 34).
struct ShadowCase: Sendable, CustomTestStringConvertible {
  var item: Int
  var title: String
  /// The fields after the name.
  var line: String
  var answer: MuxAnswer
  var reference = Reference<MuxAnswer>.same

  var testDescription: String { "\(item) \(title)" }

  static let all = expiry + hashes + locked

  private static let hash =
    "$6$rounds=1000$postern$hXDn2JV4HenUTrl54QM5EIeTceftJPakq5fduwT14bLk/RCRfarCjB0NkqbOfizhdwmOkBfjwWLs3lmwSStUS."

  /// Far enough from today on either side, in days since 1970.
  private static let past = 15_000
  private static let future = 90_000

  private static let expiry = [
    ("no dates at all", ":\(past)::::::", MuxAnswer.ok),
    ("account expires some day", ":\(past):::::\(future):", .ok),
    ("account has expired", ":\(past):::::\(past):", .no),
    ("account expires on day 0", ":\(past):::::0:", .no),
    ("password is young enough", ":\(past):0:\(future):7:::", .ok),
    ("password is too old", ":\(past):0:90:7:::", .no),
    ("password is too old, never changed", ":0:0:90:7:::", .no),
    ("password must be changed at the next login", ":0:0::7:::", .ok),
    ("no date of the last change", "::0:90:7:::", .ok),
    ("inactive days count for nothing", ":\(past):0:\(future):7:1::", .ok),
  ].map { ShadowCase(item: 32, title: $0, line: hash + $1, answer: $2) }

  /// Each of `Geheim-1`.
  private static let hashes = [
    ("yescrypt", "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$KiXEC7dW0hfLu.D434WSVec9usNBYOQ0mYnUdc1uHDA"),
    ("gost-yescrypt", "$gy$j9T$F5Jx5fExrKuPp53xLKQ..1$6STxL4okZD0UN/mdEdbTA5pda9KOj8Ls1P27MEjHy98"),
    ("scrypt", "$7$CU..../....abcdefghijklmnop$GqHEwYAM7SOxNvK2gpUpac0cKfVOK7S.ebTZNEkBvw."),
    ("bcrypt 2b", "$2b$05$abcdefghijklmnopqrstuuKizJlXCVoknrMdFOGqp9Iq.XzEtIMtO"),
    ("bcrypt 2y", "$2y$05$abcdefghijklmnopqrstuuKizJlXCVoknrMdFOGqp9Iq.XzEtIMtO"),
    ("bcrypt 2a", "$2a$05$abcdefghijklmnopqrstuuKizJlXCVoknrMdFOGqp9Iq.XzEtIMtO"),
    ("sha512crypt", hash),
    ("sha256crypt", "$5$postern$CXLDFGPzkWPDJ3EuwHrwLZhtWFs9ymaeBTlyONLDfE2"),
    ("sha1crypt", "$sha1$40000$postern$4svY7SLTFpqDHDjvxg7UDqcpHWUT"),
    ("SunMD5", "$md5,rounds=100$postern$zfwP/GHM0nTM2ll.u63VK1"),
    ("md5crypt", "$1$postern$MMkZU/Y4E2wf4RQOCC2Kv0"),
    ("bsdicrypt", "_J9..postTSRQxKq/JUk"),
    ("descrypt", "abHkkiYpvIinw"),
    ("NT", "$3$$c8d5e43f14e387bfc4615d69ac12c0d5"),
  ].map { ShadowCase(item: 33, title: $0, line: $1 + ":\(past)::::::", answer: .ok) }

  private static let locked = ["*", "!", "!!", "", "*0", "*1", "x", "!\(hash)", "$6$", "$y$"].map {
    ShadowCase(
      item: 34, title: $0.isEmpty ? "empty hash" : "hash \($0.prefix(3))", line: "\($0):\(past)::::::",
      answer: .no)
  }
}
