import MailTypes
import Policy

extension DecoderProperty {
  /// The policy decoder agrees with a second one however the bytes are cut, and what it reads can be greylisted.
  package static let policyRequest = DecoderProperty("PolicyRequest") { bytes in
    let expected = ReferencePolicyRequests.read(bytes)
    let piece = 1 + Int(bytes.last ?? 0)
    for size in [bytes.count, piece] {
      let outcome = feed(bytes, by: size)
      let told = outcome.requests.map(attributes)
      if told != expected.requests {
        return "in pieces of \(size) read as \(told), should be \(expected.requests)"
      }
      if outcome.fault != expected.fault {
        return "in pieces of \(size) faulty as \(outcome.fault as Any), should be \(expected.fault as Any)"
      }
      for request in outcome.requests { if let violation = greylistViolation(request) { return violation } }
    }
    return nil
  }

  private static func feed(
    _ bytes: [UInt8], by size: Int
  ) -> (requests: [PolicyRequest], fault: PolicyRequestDecoder.Fault?) {
    var decoder = PolicyRequestDecoder()
    var requests: [PolicyRequest] = []
    var waiting: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      waiting += rest.prefix(size)
      rest = rest.dropFirst(size)
      loop: while true {
        switch decoder.read(waiting.span) {
        case .whole(let request, let length):
          requests.append(request)
          waiting.removeFirst(length)
        case .incomplete: break loop
        case .malformed(let fault): return (requests, fault)
        }
      }
    }
    return (requests, nil)
  }

  /// All that a request tells.
  private static func attributes(_ request: PolicyRequest) -> ReferencePolicyRequests.Attributes {
    var attributes = ReferencePolicyRequests.Attributes()
    for attribute in PolicyAttribute.allCases {
      attributes.known[Array(attribute.name.utf8)] = request[attribute].map(Array.init)
    }
    attributes.unknown = request.unknown.map { Array($0.name) + [UInt8(ascii: "=")] + $0.value }
    attributes.stray = request.strayLines.map(Array.init)
    return attributes
  }

  /// Greylists a request twice, an hour apart: what is said must be something that Postfix understands.
  private static func greylistViolation(_ request: PolicyRequest) -> String? {
    var rules = GreylistRules()
    rules.largeSenders = true
    let greylist = Greylist(rules: rules)
    var store = MemoryTripletStore(capacity: 4, delay: 300)
    var instances = RecentInstances()
    for seconds in [1_700_000_000, 1_700_003_600] as [Int64] {
      let decision: GreylistDecision
      switch greylist.open(request) {
      case .decided(let decided): decision = decided
      case .needs(let keys, let attempt):
        decision = greylist.decide(
          attempt, store.records(for: keys), now: WallTime(seconds: seconds), instances: &instances)
        let isNew = seconds == 1_700_000_000
        guard decision.writes.triplet?.isAwaited == isNew else {
          return "the first try passes, or the second waits"
        }
      }
      store.apply([decision.writes])
      let reply = PolicyReply(decision.action).bytes
      guard let text = String(validating: reply, as: UTF8.self),
        text.hasPrefix("action=D") || text.hasPrefix("action=P"),
        text.hasSuffix("\n\n"), !text.dropLast(2).unicodeScalars.contains(where: { $0.value < 0x20 })
      else { return "answered with \(reply)" }
      if decision.log.contains(where: { $0.text.contains { !(0x20...0x7E).contains($0) } }) {
        return "a control character in the log"
      }
    }
    return nil
  }
}

/// A second decoder of policy requests: it splits lines off a slice and knows nothing of pieces.
private enum ReferencePolicyRequests {
  struct Attributes: Equatable {
    var known: [[UInt8]: [UInt8]] = [:]
    /// Whole lines.
    var unknown: [[UInt8]] = []
    var stray: [[UInt8]] = []
  }

  private static let names = Set(PolicyAttribute.allCases.map { Array($0.name.utf8) })

  static func read(_ bytes: [UInt8]) -> (requests: [Attributes], fault: PolicyRequestDecoder.Fault?) {
    var requests: [Attributes] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let lines = frame(&rest) else { return (requests, rest.count < 65536 ? nil : .tooLong) }
      let attributes = attributes(lines)
      let kind = attributes.known[Array("request".utf8)] ?? []
      guard kind == Array("smtpd_access_policy".utf8) else {
        return (requests, .unknownRequest(Array(kind.prefix(100))))
      }
      requests.append(attributes)
    }
    return (requests, nil)
  }

  /// The lines before the first empty one, which is dropped with them; nil when there is none within 64 KiB.
  private static func frame(_ rest: inout ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    var lines: [ArraySlice<UInt8>] = []
    var left = rest
    while let end = left.firstIndex(of: UInt8(ascii: "\n")) {
      if end - rest.startIndex >= 65536 { return nil }
      var line = left[..<end]
      left = left[(end + 1)...]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.isEmpty {
        rest = left
        return lines
      }
      lines.append(line)
    }
    return nil
  }

  private static func attributes(_ lines: [ArraySlice<UInt8>]) -> Attributes {
    var attributes = Attributes()
    for line in lines {
      let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 1 || parts[0].isEmpty {
        attributes.stray.append(Array(line))
      } else if names.contains(Array(parts[0])) {
        attributes.known[Array(parts[0])] = Array(parts[1])
      } else {
        attributes.unknown.append(Array(line))
      }
    }
    return attributes
  }
}
