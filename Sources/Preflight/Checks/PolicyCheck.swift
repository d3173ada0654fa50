import Policy
import PolicySetup
import Settings

/// Whether the restriction lists can be read, and let no stranger relay.
struct PolicyCheck {
  let settings: Settings
  let source: SettingsSource
  let host: Host

  var findings: [Finding] {
    // postgrey's command line has no list of its own.
    guard !settings.policy.isEmpty, settings.log.wording != .postgrey else { return [] }
    let setup = PolicySetup(settings, source: source)
    guard setup.faults.isEmpty else {
      return setup.faults.map { .error($0.description, mend: "correct it, and try postern check again") }
    }
    let known = KnownZones(at: host.knownZones)
    return tables(setup) + settings.policy.flatMap { relay($0, setup) }
      + lists(of: setup).flatMap { unreachable($0, setup) }
      + zones(setup, known) + mainFile(setup.completed(settings, source: source), known)
  }

  /// Those that can't be used, by whoever asks or by the service.
  private func tables(_ setup: PolicySetup) -> [Finding] {
    let usable = setup.policy.tables.filter { setup.tables[$0] != nil }
    return setup.troubles.map { Self.missingTable($0, user: settings.run.front) }
      + TableCheck(settings: settings, host: host).findings(for: usable)
  }

  static func missingTable(_ trouble: TableReader.Trouble, user: String) -> Finding {
    .warning(
      "a table can't be used, and what asks it answers 451: \(trouble)",
      mend: trouble.mend(user: user) ?? "correct it; it is read again when it changes")
  }

  /// Of the lists that Postfix asks before it relays.
  private func relay(_ listener: PolicyListenerSettings, _ setup: PolicySetup) -> [Finding] {
    guard [.relay, .recipient].contains(listener.stage), !listener.openRelay,
      let list = setup.list(of: listener),
      case .open(let path) = setup.policy.proveClosed(list, tables: setup.tables)
    else { return [] }
    return [
      .error(
        "[policy.\(listener.name)] may let strangers relay: "
          + path.map(\.description).joined(separator: "; "),
        mend: "put reject_unauth_destination before it, or say open_relay = true if that is meant")
    ]
  }

  /// The listeners' own, and those that lists can call.
  private func lists(of setup: PolicySetup) -> [RestrictionList] {
    let named = setup.policy.lists.named
    return settings.policy.compactMap { setup.list(of: $0) } + named.keys.sorted().compactMap { named[$0] }
  }

  private func unreachable(_ list: RestrictionList, _ setup: PolicySetup) -> [Finding] {
    setup.policy.unreachable(in: list).map { step in
      let reason = "\(step.restriction) is never asked: \(step.decidedBy) decides everything before it"
      let error = settings.error(inList: list.name.text, item: step.item, reason, source: source)
      return .warning(error.description, mend: "remove it, or put it before \(step.decidedBy)")
    }
  }

  /// What the lists, and results of tables, ask of the DNS.
  private func zones(_ setup: PolicySetup, _ known: KnownZones) -> [Finding] {
    let check = ZoneCheck(known: known) { list, item, reason in
      settings.error(inList: list.text, item: item, reason, source: source).description
    }
    let weighted = setup.policy.weightedLists.sorted { $0.key < $1.key }.flatMap { name, list in
      list.sites.compactMap { site in
        check.finding(about: site.zone.name) {
          settings.error(inDNSList: name, item: site.item, $0, source: source).description
        }
      }
    }
    return known.faults.map(unreadable) + check.findings(in: setup.policy.lists)
      + check.findings(inResultsOf: setup.tables, for: setup.policy) + weighted
  }

  private func unreadable(_ line: Int?, _ reason: String) -> Finding {
    let place = [host.knownZones, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    return .warning("\(place): \(reason)", mend: "correct it; what is known of the other zones holds")
  }

  /// Main.cf's own lists, our answers put in; Postfix relays or doesn't without our start, so it is a warning.
  private func mainFile(_ setup: PolicySetup, _ known: KnownZones) -> [Finding] {
    if let fault = setup.faults.first { return [unseen("\(fault)")] }
    let servers = servers
    let roots = Set(servers.map { $0.isChrooted ? ServerRoot.queueDirectory : .host })
    do throws(PostfixValues.Fault) {
      guard let relaying = try PostfixRelaying(setup, settings, roots: roots.isEmpty ? [.host] : roots) else {
        return []
      }
      let zones = ZoneCheck(known: known) { list, _, reason in "main.cf: \(list): \(reason)" }
      return open(relaying.proof(), at: "main.cf") + servers.flatMap { server($0, relaying) }
        + zones.findings(in: relaying.consulted)
    } catch {
      return [unseen("\(error)")]
    }
  }

  private func open(_ proof: RelayProof, at place: String) -> [Finding] {
    guard case .open(let path) = proof else { return [] }
    return [
      .warning(
        "\(place) may let strangers relay: " + path.map(\.description).joined(separator: "; "),
        mend: "put reject_unauth_destination into smtpd_relay_restrictions")
    ]
  }

  private var servers: [MasterFile.Server] {
    if settings.mail.fromPostfix.isEmpty { return [] }
    let main = MainFile(at: "\(settings.mail.fromPostfix)/main.cf")
    let master = MasterFile(at: "\(settings.mail.fromPostfix)/master.cf")
    return master?.servers(chrootedByDefault: main?.chrootsByDefault ?? true) ?? []
  }

  /// One that master.cf gives lists of its own.
  private func server(_ server: MasterFile.Server, _ relaying: PostfixRelaying) -> [Finding] {
    let own = server.parameters.filter { PostfixRelaying.lists.contains($0.key) }
    guard !own.isEmpty else { return [] }
    let place = "master.cf:\(server.line): \(server.name) \(server.type)"
    // What stands behind a $ only Postfix's own programs can say, and they don't for master.cf.
    guard let name = own.keys.sorted().first(where: { own[$0]?.contains("$") == true }) else {
      return open(relaying.proof(overrides: own), at: place)
    }
    return [
      .warning(
        "\(place): \(name) is set here by a parameter, which isn't followed: it may let strangers relay",
        mend: "write the list itself behind -o, or see to it that it has reject or reject_unauth_destination")
    ]
  }

  private func unseen(_ reason: String) -> Finding {
    .warning("main.cf can't be looked at: \(reason)", mend: "postconf -n shows what is wrong with it")
  }
}
