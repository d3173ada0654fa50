import Glibc

/// The requests of one kind, as Postfix 3.7 sends them at RCPT.
///
/// Each triplet has a client network, a sender and a recipient of its own.
struct RequestSeries {
  /// Encoded beforehand and asked for in turn; of the new ones only the last.
  private var requests: [[UInt8]]
  private var next = 0
  private let attributes: [String]
  /// What no other series of new triplets has in its senders; nil for known ones.
  private let mark: String?

  /// So many, the same in every run.
  init(known count: Int, with attributes: [String]) {
    mark = nil
    self.attributes = attributes
    requests = (0..<count).map { Self.request($0, sender: "known\($0)x", attributes) }
  }

  /// Another one each time, in every run; client networks follow from the number and can come again in another run.
  init(newFrom first: Int, with attributes: [String]) {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    mark = "n" + String(UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec), radix: 36) + "x"
    self.attributes = attributes
    next = first
    requests = [[]]
  }

  /// Gives the bytes of the next request to `body`.
  mutating func withNext<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    if let mark {
      let request = Self.request(next, sender: "\(mark)\(next)x", attributes)
      next += 1
      return request.withUnsafeBytes(body)
    }
    defer { next = next + 1 == requests.count ? 0 : next + 1 }
    return requests[next].withUnsafeBytes(body)
  }

  /// Letters beside the sender's digits: postgrey takes bare numbers for those of a mailing list.
  private static func request(_ number: Int, sender: String, _ attributes: [String]) -> [UInt8] {
    let client = "\(11 + number >> 16 & 127).\(number >> 8 & 255).\(number & 255).7"
    let lines =
      [
        "request=smtpd_access_policy", "protocol_state=RCPT", "protocol_name=ESMTP",
        "client_address=\(client)", "client_name=mx\(number).sender.example", "client_port=40123",
        "reverse_client_name=mx\(number).sender.example", "server_address=192.0.2.1", "server_port=25",
        "helo_name=mx\(number).sender.example", "sender=\(sender)@sender.example",
        "recipient=user\(number & 255)@lab.example", "recipient_count=0", "queue_id=",
        "instance=3f2a.\(String(number, radix: 16)).0", "size=12345", "etrn_domain=", "stress=",
      ] + attributes + [
        "ccert_subject=", "ccert_issuer=", "ccert_fingerprint=", "ccert_pubkey_fingerprint=",
        "encryption_protocol=TLSv1.3", "encryption_cipher=TLS_AES_256_GCM_SHA384", "encryption_keysize=256",
        "policy_context=", "", "",
      ]
    return Array(lines.joined(separator: "\n").utf8)
  }
}
