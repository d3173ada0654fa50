/// What has to hold for any bytes that a decoder is given; the fuzzers look for bytes for which it doesn't.
package struct DecoderProperty: Sendable {
  /// The fuzzer's name, and that of the corpus's folder.
  package let name: String
  /// Says what doesn't hold for these bytes; nil when all does.
  package let violation: @Sendable ([UInt8]) -> String?

  init(_ name: String, violation: @escaping @Sendable ([UInt8]) -> String?) {
    self.name = name
    self.violation = violation
  }

  /// One a decoder.
  package static let all: [DecoderProperty] = [
    .loginRequest, .loginReply, .workerMessage, .checkFrame, .settings, .policyRequest, .whitelist,
    .restrictionList, .accessTable, .rehearsalScript,
    .databaseDump, .dnsAnswer, .weightedList, .replyTemplate,
  ]
}
