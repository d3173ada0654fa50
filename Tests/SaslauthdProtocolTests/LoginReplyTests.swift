import TestKit
import Testing

@testable import SaslauthdProtocol

@Suite struct LoginReplyTests {
  @Test(arguments: [(LoginReply.ok, "OK"), (.no, "NO")])
  func `An answer is a counted string of two letters`(reply: LoginReply, text: String) {
    let bytes = reply.bytes.withUTF8Buffer { Array($0) }
    #expect(bytes == Counted.field(text))
  }

  @Test(arguments: [
    (Counted.field("OK"), LoginReply.Reading.whole(accepted: true, text: Array("OK".utf8))),
    (Counted.field("OKAY"), .whole(accepted: true, text: Array("OKAY".utf8))),
    (Counted.field("NO reason"), .whole(accepted: false, text: Array("NO reason".utf8))),
    (Counted.field("ok"), .whole(accepted: false, text: Array("ok".utf8))),
    (Counted.field("X"), .malformed), (Counted.field(""), .malformed),
    ([], .incomplete), ([0], .incomplete), (Counted.length(5) + Array("OK".utf8), .incomplete),
  ])
  func `Answers of any daemon are read as libsasl reads them`(
    bytes: [UInt8], reading: LoginReply.Reading
  ) {
    #expect(LoginReply.read(bytes.span) == reading)
  }
}
