import MailTypes

/// `set`: what restrictions and the order of lists rest on.
extension ScriptReader {
  /// Everything that can be set.
  package static let parameters =
    (MailDomains.names + PolicyParameters.names + ordering + interfaces).sorted()

  private static let ordering = ["smtpd_delay_reject", "smtpd_relay_before_recipient_restrictions"]
  private static let interfaces = ["inet_interfaces", "proxy_interfaces"]

  mutating func readParameter(_ text: [UInt8]) throws(ScriptFault.Reason) {
    let word = text.prefix { !ListWords.isBlank($0) && $0 != UInt8(ascii: "=") }
    let name = word.repairedText
    if name.isEmpty { throw .usage(.set) }
    var value = ScriptLines.trimmed(text[word.endIndex...])
    // As main.cf has it.
    if value.first == UInt8(ascii: "=") { value = ScriptLines.trimmed(value.dropFirst()) }
    var changed = rehearsed
    try Self.set(name, value.repairedText, tables, sources, in: &changed)
    try take(changed)
  }

  private static func set(
    _ name: String, _ value: String, _ tables: [String: TableName], _ sources: RehearsalSources,
    in changed: inout RehearsedPolicy
  ) throws(ScriptFault.Reason) {
    switch name {
    case "smtpd_delay_reject": changed.delaysReject = try yesOrNo(name, value)
    case "smtpd_relay_before_recipient_restrictions":
      changed.relayBeforeRecipient = try yesOrNo(name, value)
    case "inet_interfaces", "proxy_interfaces":
      try changed.policy.domains.ownAddresses = addresses(name, value)
    case "smtpd_sender_login_maps":
      changed.policy.domains.senderLoginMaps = try names(name, value, tables)
    case "rbl_reply_maps": changed.policy.parameters.rblReplyMaps = try names(name, value, tables)
    case "relay_clientcerts": changed.policy.domains.relayClientcerts = try names(name, value, tables)
    case _ where MailDomains.names.contains(name):
      let faults = changed.policy.domains.set(name, to: value, files: files(in: value, sources))
      if let fault = faults.first { throw .value("\(fault)") }
    case _ where PolicyParameters.names.contains(name):
      do throws(PolicyParameters.Fault) { try changed.policy.parameters.set(name, to: value) } catch {
        throw .value("\(error)")
      }
    default: throw .parameter(name)
    }
  }

  private static func yesOrNo(_ name: String, _ value: String) throws(ScriptFault.Reason) -> Bool {
    switch value.lowercased() {
    case "yes": return true
    case "no": return false
    default: throw .value("\(name): \(value) is neither yes nor no")
    }
  }

  /// Addresses alone: which interfaces this host has is nothing that a script depends on.
  private static func addresses(
    _ name: String, _ value: String
  ) throws(ScriptFault.Reason) -> Set<IPAddress> {
    var addresses: Set<IPAddress> = []
    for word in ListWords.split(value) {
      let bare = word.hasPrefix("[") && word.hasSuffix("]") ? String(word.dropFirst().dropLast()) : word
      guard let address = IPAddress(bare) else { throw .value("\(name): \(word) is no address") }
      addresses.insert(address)
    }
    return addresses
  }

  private static func names(
    _ name: String, _ value: String, _ tables: [String: TableName]
  ) throws(ScriptFault.Reason) -> [TableName] {
    var names: [TableName] = []
    for word in ListWords.split(value) {
      if let known = tables[word] {
        names.append(known)
        continue
      }
      do throws(TableName.Fault) { names.append(try TableName(word)) } catch {
        throw .value("\(name): \(error)")
      }
    }
    return names
  }

  /// The files that a value includes, and those that these include.
  private static func files(in value: String, _ sources: RehearsalSources) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var waiting = MatchList.files(in: value) + (value.hasPrefix("/") ? [value] : [])
    while let path = waiting.popLast() {
      guard files[path] == nil, files.count < 100, let contents = sources.file(path) else { continue }
      files[path] = contents
      for line in contents.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
        waiting += MatchList.files(in: line.repairedText)
      }
    }
    return files
  }
}
