import Testing

@testable import Settings

struct SpellingTests {
  @Test(arguments: [
    ("pam", "pam", 0), ("", "pam", 3), ("pam", "", 3), ("apm", "pam", 1), ("pamm", "pam", 1),
    ("shadow", "sahdwo", 2), ("kitten", "sitting", 3),
  ])
  func `counts edits, a swap as one`(one: String, other: String, distance: Int) {
    #expect(Spelling.distance(one, other) == distance)
  }

  @Test func `suggests what is near and nothing else`() {
    let names = ["auth.workers", "auth.mode", "pam"]
    #expect(Spelling.nearest(to: "auth.wokrers", among: names) == "auth.workers")
    #expect(Spelling.nearest(to: "AUTH.MODE", among: names) == "auth.mode")
    #expect(Spelling.nearest(to: "xyz", among: names) == nil)
    #expect(Spelling.nearest(to: "x", among: []) == nil)
  }
}
