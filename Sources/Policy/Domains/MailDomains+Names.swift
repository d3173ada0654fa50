import MailTypes

extension MailDomains {
  /// A value that can't be meant.
  package struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
    package let name: String
    package let reason: Reason

    package enum Reason: Equatable, Sendable {
      case unknown
      case pattern(MatchListFault)
      case table(TableName.Fault)
      case domain(String)
    }

    package var description: String {
      reason == .unknown ? "\(name) is \(message)" : "\(name): \(message)"
    }

    /// What is wrong, without the name.
    package var message: String {
      switch reason {
      case .unknown: "no value that restrictions consult"
      case .pattern(let fault): "\(fault)"
      case .table(let fault): "\(fault)"
      case .domain(let text): "\(text) is no domain"
      }
    }
  }

  /// The names that `set` knows, as main.cf has them.
  package static let names = [
    "mydestination", "mynetworks", "myorigin", "relay_clientcerts", "relay_domains",
    "smtpd_sender_login_maps",
    "virtual_alias_domains", "virtual_mailbox_domains",
  ]

  /// Takes a value as main.cf writes it, with nothing left to expand.
  ///
  /// - Parameters:
  ///   - name: one of `names`.
  ///   - value: patterns, tables, or for `myorigin` a domain or the path of a file that holds one.
  ///   - files: the contents of the files that it names; see `MatchList.files(in:)`.
  /// - Returns: every fault; what could be read is taken all the same.
  package mutating func set(_ name: String, to value: String, files: [String: [UInt8]] = [:]) -> [Fault] {
    switch name {
    case "mynetworks": return read(\.mynetworks, name, value, .hosts, files)
    case "mydestination": return read(\.mydestination, name, value, .names, files)
    case "relay_domains": return read(\.relayDomains, name, value, .names, files)
    case "virtual_alias_domains": return read(\.virtualAliasDomains, name, value, .names, files)
    case "virtual_mailbox_domains": return read(\.virtualMailboxDomains, name, value, .names, files)
    case "smtpd_sender_login_maps": return readTables(\.senderLoginMaps, name, value)
    case "relay_clientcerts": return readTables(\.relayClientcerts, name, value)
    case "myorigin": return readOrigin(name, value, files)
    default: return [Fault(name: name, reason: .unknown)]
    }
  }

  private mutating func read(
    _ path: WritableKeyPath<MailDomains, MatchList>, _ name: String, _ value: String, _ kind: MatchList.Kind,
    _ files: [String: [UInt8]]
  ) -> [Fault] {
    let reading = MatchList.read(value, kind: kind, files: files)
    self[keyPath: path] = reading.list
    return reading.faults.map { Fault(name: name, reason: .pattern($0)) }
  }

  private mutating func readTables(
    _ path: WritableKeyPath<MailDomains, [TableName]>, _ name: String, _ value: String
  ) -> [Fault] {
    var faults: [Fault] = []
    self[keyPath: path] = ListWords.split(value).compactMap { word in
      do throws(TableName.Fault) {
        return try TableName(word)
      } catch {
        faults.append(Fault(name: name, reason: .table(error)))
        return nil
      }
    }
    return faults
  }

  private mutating func readOrigin(_ name: String, _ value: String, _ files: [String: [UInt8]]) -> [Fault] {
    var domain = Array(value.utf8)
    if value.hasPrefix("/") {
      guard let contents = files[value] else {
        return [Fault(name: name, reason: .pattern(.unreadableFile(value)))]
      }
      domain = Array(TextLines.trimmed(contents.prefix { $0 != UInt8(ascii: "\n") }))
    }
    guard HostSyntax.isMailDomain(domain[...]) else {
      return [Fault(name: name, reason: .domain(domain.repairedText))]
    }
    myorigin = domain
    return []
  }
}
