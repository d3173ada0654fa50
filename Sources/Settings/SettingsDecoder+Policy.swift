extension SettingsDecoder {
  /// What keys of the policy service have to do with each other, and with the logins' sockets.
  mutating func checkPolicy() {
    checkAddresses()
    checkListNames()
    checkGreylistTimes()
  }

  private mutating func checkAddresses() {
    let own = [settings.control.authSocket, settings.control.policySocket].map { ($0, "control.directory") }
    let logins = settings.auth.listen.map { ($0, "auth.listen") }
    var takenBy: [ListenAddress: String] = Dictionary(
      (own + logins).map { (ListenAddress.unix(path: $0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    var count = 0
    if let first = settings.policy.first, settings.policy.allSatisfy(\.addresses.isEmpty) {
      let key = "policy.\(Self.tomlKey(first.name)).listen"
      if isSound(key) { note("no table [policy.NAME] says where to listen", key: key, line: lines[key]) }
    }
    for listener in settings.policy {
      let key = "policy.\(Self.tomlKey(listener.name)).listen"
      count += listener.addresses.count
      if count > PolicyListenerSettings.mostAddresses,
        count - listener.addresses.count <= PolicyListenerSettings.mostAddresses
      {
        note(
          "all listeners together have more than \(PolicyListenerSettings.mostAddresses) addresses", key: key,
          line: lines[key])
      }
      for address in listener.addresses {
        if let other = takenBy[address] {
          note("\(quoted(address.endpoint)) is taken by \(other)", key: key, line: lines[key])
        } else {
          takenBy[address] = key
        }
      }
    }
  }

  /// A name stands for one list wherever a message or a log line has it.
  private mutating func checkListNames() {
    for name in settings.lists.keys.sorted() where settings.policy[named: name] != nil {
      let key = "lists.\(Self.tomlKey(name))"
      note(
        "there is a listener of this name, [policy.\(Self.tomlKey(name))]; mend: rename one of them",
        key: key, line: lines[key])
    }
  }

  /// With such times nobody's mail ever comes through.
  private mutating func checkGreylistTimes() {
    guard isSound("greylist.delay") else { return }
    let delay = settings.greylist.delay
    let times = [("retry_window", settings.greylist.retryWindow), ("max_age", settings.greylist.maxAge)]
    for (name, time) in times where time <= delay && isSound("greylist.\(name)") {
      let blamed = lines["greylist.\(name)"] == nil ? "greylist.delay" : "greylist.\(name)"
      note(
        "greylist.\(name) has to be longer than greylist.delay, or nobody ever passes", key: blamed,
        line: lines[blamed])
    }
  }
}
