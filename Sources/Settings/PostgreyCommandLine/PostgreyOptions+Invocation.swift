extension PostgreyOptions {
  /// What all options together mean; what can't be is answered as postgrey answers it, or, where that would only
  /// fail at the first request, by name.
  func invocation() throws(PostgreyAnswer) -> PostgreyInvocation {
    if has(.help) { throw .help }
    if has(.man) { throw .manual }
    if has(.version) { throw .version }
    if has(.noaction) { throw .refusal("don't know how to \"no-action\".") }
    var invocation = PostgreyInvocation(listener: try listener())
    invocation.retryWindow = try retryWindow()
    invocation.socketMode = try socketMode()
    invocation.lookup = try lookup()
    invocation.autoWhitelistClients = try autoWhitelistClients()
    takeProcess(into: &invocation)
    takeGreylist(into: &invocation)
    return invocation
  }

  private func takeProcess(into invocation: inout PostgreyInvocation) {
    if has(.daemonize) {
      invocation.terminal = .leave
      invocation.pidFile = text(.pidfile)
    }
    invocation.user = text(.user) ?? invocation.user
    invocation.group = text(.group) ?? invocation.group
    invocation.databaseDirectory = text(.dbdir) ?? invocation.databaseDirectory
    invocation.syslogFacility = text(.syslogFacility) ?? invocation.syslogFacility
    // Of both, quiet counts.
    if has(.quiet) { invocation.verbosity = .quiet } else if has(.verbose) { invocation.verbosity = .verbose }
    // postgrey's own limit; what isn't above 0 is no length of a queue.
    invocation.listenQueue = number(.listenQueueSize).flatMap { $0 > 0 ? Int(min($0, 999)) : nil }
    invocation.closesAfterAnswer = has(.exim)
  }

  private func takeGreylist(into invocation: inout PostgreyInvocation) {
    invocation.delay = number(.delay) ?? invocation.delay
    invocation.maxAge = number(.maxAge).map(Self.days) ?? invocation.maxAge
    invocation.greylistAction = text(.greylistAction) ?? invocation.greylistAction
    invocation.greylistText = text(.greylistText) ?? invocation.greylistText
    invocation.header = text(.header) ?? invocation.header
    invocation.hostname = values[.hostname]
    invocation.privacy = has(.privacy)
    if let files = lists[.whitelistClients] { invocation.clientWhitelists = .given(files) }
    if let files = lists[.whitelistRecipients] { invocation.recipientWhitelists = .given(files) }
  }
}

// MARK: Values with a form

extension PostgreyOptions {
  private func listener() throws(PostgreyAnswer) -> PostgreyInvocation.Listener {
    if let inet = values[.inet], !inet.isEmpty {
      return try Self.inet(inet.allSatisfy(Self.isDigit) ? "localhost:\(inet)" : inet)
    }
    guard let path = values[.unix], !path.isEmpty else {
      throw .refusal("--unix or --inet must be specified")
    }
    return .unix(path: path)
  }

  /// `HOST:PORT`; no host and `*` are all addresses, and IPv6 goes with brackets or without.
  private static func inet(_ text: String) throws(PostgreyAnswer) -> PostgreyInvocation.Listener {
    let colon = text.lastIndex(of: ":") ?? text.startIndex
    let digits = text[colon...].dropFirst()
    guard text[colon...].hasPrefix(":"), !digits.isEmpty, digits.allSatisfy(isDigit),
      let port = UInt16(digits)
    else { throw .refusal("Could not determine port number from host [*]:\(text)") }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard host == "*" || host.allSatisfy(isOfHost) else {
      throw .refusal("Could not determine host from \"\(text[..<colon])\"")
    }
    return .inet(host: host.isEmpty ? "*" : String(host), port: port)
  }

  private func retryWindow() throws(PostgreyAnswer) -> Int64 {
    guard let text = values[.retryWindow] else { return 2 * 86_400 }
    let inHours = text.lowercased().hasSuffix("h")
    let digits = inHours ? text.dropLast() : text[...]
    guard !digits.isEmpty, digits.allSatisfy(Self.isDigit) else {
      throw .refusal(
        """
        --retry-window must be either a number of days or a number
               followed by 'h' for hours ('6h' for example).
        """)
    }
    let count = digits.count > 9 ? Self.most : Int64(digits) ?? Self.most
    return inHours ? min(count, Self.most / 3600) * 3600 : Self.days(count)
  }

  private func socketMode() throws(PostgreyAnswer) -> UInt32 {
    guard let text = text(.socketmode) else { return 0o666 }
    guard let mode = UInt32(text, radix: 8), mode <= 0o7777, !text.hasPrefix("+") else {
      throw .refusal("--socketmode must be an octal number, 0666 for example.")
    }
    return mode
  }

  private func lookup() throws(PostgreyAnswer) -> PostgreyInvocation.Lookup {
    let v4 = try prefix(.ipv4cidr, most: 32) ?? 24
    let v6 = try prefix(.ipv6cidr, most: 128) ?? 64
    return has(.lookupByHost) ? .host : .subnet(v4: v4, v6: v6)
  }

  private func prefix(_ option: PostgreyOption, most: Int64) throws(PostgreyAnswer) -> Int? {
    guard let number = number(option) else { return nil }
    guard (1...most).contains(number) else {
      throw .refusal("--\(option.rawValue) must be a number from 1 to \(most).")
    }
    return Int(number)
  }

  private func autoWhitelistClients() throws(PostgreyAnswer) -> Int64 {
    guard let text = values[.autoWhitelistClients], !text.isEmpty else { return 5 }
    guard text.allSatisfy(Self.isDigit) else {
      throw .refusal("--auto-whitelist-clients must be a number, 0 for never.")
    }
    return number(.autoWhitelistClients) ?? 0
  }

  private static func days(_ count: Int64) -> Int64 {
    min(max(count, -most / 86_400), most / 86_400) * 86_400
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isOfHost(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "_.-:".contains(character))
  }
}

extension PostgreyInvocation.WhitelistFiles {
  static func given(_ paths: [String]) -> PostgreyInvocation.WhitelistFiles {
    PostgreyInvocation.WhitelistFiles(paths: paths, mustExist: true)
  }
}
