import MailTypes
import TestKit

/// Names and what a name server says of them, a line each: `NAME TYPE VALUE | VALUE …`.
///
/// A value is an address, a host, a preference and a host, a text; or NODATA, SERVFAIL, REFUSED, TIMEOUT. A name that
/// is in some line has no records of other types, as `NAME CNAME TARGET` has those of its target; any other name
/// doesn't exist. `NAME * SERVFAIL` is for all types.
struct DNSScript {
  private typealias Record = (type: DNSRecordType, reply: ScriptedReply)

  private var records: [String: [Record]] = [:]
  private var aliases: [String: String] = [:]

  /// What answers hold for, in seconds.
  static let lifetime: UInt32 = 300

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 2)
      precondition(words.count == 3, "\(line)")
      let name = String(words[0])
      if words[1] == "CNAME" {
        aliases[name] = String(words[2])
      } else {
        let types = DNSRecordType.allCases.filter { words[1] == "*" || words[1] == "\($0)" }
        precondition(!types.isEmpty, "\(line)")
        for type in types {
          records[name, default: []].append((type, Self.reply(name, type, String(words[2]))))
        }
      }
    }
  }

  private static func reply(_ name: String, _ type: DNSRecordType, _ values: String) -> ScriptedReply {
    switch values {
    case "NODATA": .noRecords(zone: name)
    case "SERVFAIL": .serverFailure
    case "REFUSED": .refused
    case "TIMEOUT": .silence
    default:
      ScriptedReply(
        values.split(separator: "|").map {
          ReplyRecord(name, payload(type, $0.trimmed), lifetime: lifetime)
        })
    }
  }

  private static func payload(_ type: DNSRecordType, _ value: String) -> ReplyRecord.Payload {
    switch type {
    case .a, .aaaa: return .address(value)
    case .ns: return .nameServer(value)
    case .ptr: return .pointer(value)
    case .txt: return .text([value])
    case .mx:
      let words = value.split(separator: " ")
      guard words.count == 2, let preference = UInt16(words[0]) else { preconditionFailure(value) }
      return .exchanger(String(words[1]), preference: preference)
    }
  }

  fileprivate func load(_ server: NameServer) {
    for name in records.keys {
      for type in DNSRecordType.allCases { server.answer(name, type, reply(name, type)) }
    }
    for (name, target) in aliases {
      for type in DNSRecordType.allCases {
        var reply = reply(target, type)
        if reply.fault == nil {
          reply.answers.insert(ReplyRecord(name, .alias(target), lifetime: Self.lifetime), at: 0)
        }
        server.answer(name, type, reply)
      }
    }
  }

  private func reply(_ name: String, _ type: DNSRecordType) -> ScriptedReply {
    guard let known = records[name] else { return .noName(zone: name) }
    return known.first { $0.type == type }?.reply ?? .noRecords(zone: name)
  }
}

extension NameServer {
  /// One that listens where the C library looks, at port 53 of an address that nobody else uses.
  static func usual(_ script: String = "") throws -> NameServer {
    let server = NameServer(address: try Loopback.freeAddress(port: 53), port: 53)
    server.load(script)
    return server
  }

  /// Says this from now on; what it has said before and isn't in it stays.
  func load(_ script: String) { DNSScript(script).load(self) }
}

extension Loopback {
  /// An address of this host on which nobody listens at `port`.
  static func freeAddress(port: UInt16) throws -> String {
    for _ in 0..<100 {
      let address = "127.53.\(UInt8.random(in: 0...255)).\(UInt8.random(in: 1...254))"
      if isFree(address, port: port) { return address }
    }
    throw NeverHappened(what: "an address is free at port \(port)", within: .zero)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
