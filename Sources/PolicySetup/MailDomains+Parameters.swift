import Glibc
import MailTypes
import Policy
import Settings
import SystemCalls

extension MailDomains {
  /// A list that is included is no larger than this, bytes.
  private static let largestFile = 16 << 20

  /// Takes the value of one of main.cf's parameters.
  ///
  /// - Returns: what is wrong with it.
  mutating func take(_ parameter: MailParameter, _ value: String) -> [String] {
    switch parameter {
    case .mynetworks: return read(value, .hosts, into: \.mynetworks)
    case .mydestination: return read(value, .names, into: \.mydestination)
    case .relayDomains: return read(value, .names, into: \.relayDomains)
    case .virtualAliasDomains: return read(value, .names, into: \.virtualAliasDomains)
    case .virtualMailboxDomains: return read(value, .names, into: \.virtualMailboxDomains)
    case .myorigin:
      myorigin = value.isEmpty ? nil : Array(Self.origin(value).utf8)
      return []
    case .inetInterfaces, .proxyInterfaces:
      for word in Self.words(value) { ownAddresses.formUnion(Self.addresses(word)) }
      return []
    case .senderLoginMaps: return readTables(value, into: \.senderLoginMaps)
    case .relayClientcerts: return readTables(value, into: \.relayClientcerts)
    }
  }

  private mutating func read(
    _ value: String, _ kind: MatchList.Kind, into path: WritableKeyPath<MailDomains, MatchList>
  ) -> [String] {
    let (list, faults) = MatchList.read(value, kind: kind, files: Self.files(in: value))
    self[keyPath: path] = list
    return faults.map { "\($0)" }
  }

  private mutating func readTables(
    _ value: String, into path: WritableKeyPath<MailDomains, [TableName]>
  ) -> [String] {
    var names: [TableName] = []
    var faults: [String] = []
    for word in Self.words(value) {
      do throws(TableName.Fault) {
        names.append(try TableName(word))
      } catch {
        faults.append("\(error)")
      }
    }
    self[keyPath: path] = names
    return faults
  }

  /// The files that a list includes, and those that these include.
  private static func files(in value: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var waiting = MatchList.files(in: value)
    while let path = waiting.popLast() {
      guard files[path] == nil, files.count < 100 else { continue }
      do {
        let contents = try FileContents(of: path, limit: largestFile).bytes
        files[path] = contents
        let lines = String(decoding: contents, as: UTF8.self).split(separator: "\n")
        for line in lines where !line.hasPrefix("#") { waiting += MatchList.files(in: String(line)) }
      } catch {
        // The reader names a file that it isn't given.
        continue
      }
    }
    return files
  }

  /// As main.cf has it, the name of a file that holds the value is one, too.
  private static func origin(_ value: String) -> String {
    guard value.hasPrefix("/") else { return value }
    do {
      let text = String(decoding: try FileContents(of: value, limit: 4096).bytes, as: UTF8.self)
      return text.split { $0.isWhitespace }.first.map(String.init) ?? ""
    } catch {
      return ""
    }
  }

  private static func words(_ value: String) -> [String] {
    value.split { $0 == "," || $0.isWhitespace }.map(String.init)
  }

  /// The addresses of an interface's name or of an address; of `all` those of this host.
  private static func addresses(_ word: String) -> [IPAddress] {
    if word == "all" { return InterfaceAddresses.all.compactMap { IPAddress(Array($0.utf8)[...]) } }
    if word == "loopback-only" {
      return ["127.0.0.1", "::1"].compactMap { IPAddress(Array($0.utf8)[...]) }
    }
    let bare = word.hasPrefix("[") ? String(word.dropFirst().dropLast()) : word
    return IPAddress(Array(bare.utf8)[...]).map { [$0] } ?? []
  }
}
