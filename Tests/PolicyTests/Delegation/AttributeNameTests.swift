import Testing

@testable import Policy

struct AttributeNameTests {
  /// Wherever the line stands, at the end of what has come too, and whatever is behind it.
  @Test(arguments: PolicyAttribute.allCases)
  func `a line begins with its own name and with no other`(attribute: PolicyAttribute) {
    let line = Array("\(attribute.name)=".utf8)
    for before in 0..<9 {
      for after in 0..<9 {
        let bytes = Array(repeating: 0x3D, count: before) + line + Array(repeating: 0x0A, count: after)
        for end in before...(before + line.count) {
          let beginning = PolicyAttribute.names.indices.filter {
            PolicyAttribute.names[$0].begins(before..<end, in: bytes.span)
          }
          #expect(beginning == (end == before + line.count ? [attribute.rawValue] : []))
        }
      }
    }
  }

  @Test func `there is a place for each attribute`() {
    #expect(PolicyLines().known.count == PolicyAttribute.allCases.count)
  }
}
