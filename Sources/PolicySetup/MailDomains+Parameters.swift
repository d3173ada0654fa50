import Glibc
import MailTypes
import Policy
import Settings
import SystemCalls

extension MailDomains {
  /// A list that is included is no larger than this, bytes.
  private static let largestFile = 16 << 20

  /// Takes the value of one of main.cf's parameters, with the files that it names.
  ///
  /// - Returns: what is wrong with it.
  mutating func take(_ parameter: MailParameter, _ value: String) -> [Fault] {
    switch parameter {
    case .inetInterfaces, .proxyInterfaces:
      for word in Self.words(value) { ownAddresses.formUnion(Self.addresses(word)) }
      return []
    default: return set(parameter.rawValue, to: value, files: Self.files(in: value))
    }
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
