import DecoderProperties
import Foundation
import Testing

/// The fuzzers' corpora, replayed: what was found once stays found.
@Suite struct FuzzCorpusTests {
  private static let corpora = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fuzzers/Corpus")

  @Test(arguments: DecoderProperty.all.map(\.name))
  func `a decoder's property holds for its corpus`(name: String) throws {
    let property = try #require(DecoderProperty.all.first { $0.name == name })
    let inputs = try FileManager.default.contentsOfDirectory(
      at: Self.corpora.appending(path: name), includingPropertiesForKeys: nil)
    #expect(inputs.count >= 5, "a corpus shows the decoder's main ways")
    for input in inputs {
      let violation = property.violation(Array(try Data(contentsOf: input)))
      #expect(violation == nil, "\(name)/\(input.lastPathComponent)")
    }
  }
}
