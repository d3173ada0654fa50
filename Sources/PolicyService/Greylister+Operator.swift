import Control
import MailTypes
import Policy
import Storage

/// The operator's questions about the greylist.
extension Greylister {
  /// Answers one; `reply` is called now or when the store has said what it takes.
  func answer(_ request: GreylistRequest, _ reply: @escaping (String) -> Void) {
    // Then the store knows what has happened up to now.
    emptyRecent()
    switch request {
    case .list(let client, let sender, let recipient, let limit):
      list(client: client, sender: sender, recipient: recipient, limit: limit, reply)
    case .show(let name): withKeys(of: name, reply) { [unowned self] in show(name, $0, reply) }
    case .allow(let sender, let recipient, let seconds):
      allow(sender: sender, recipient: recipient, seconds: seconds, reply)
    case .forget(let name):
      withKeys(of: name, reply) { [unowned self] keys in
        // With these the triplet would be let pass as before.
        let mail = PoolPrefix(
          sender: MailAddress(name.sender[...]), recipient: MailAddress(name.recipient[...]),
          by: greylist.rules)
        let network = keys.pools?.network.map { PoolPrefix($0) }
        forget(triplets: [keys.triplet], clients: [], pools: [mail] + [network].compactMap(\.self), reply)
      }
    case .forgetClient(let client): forgetClient(client, reply)
    case .stats: stats(reply)
    case .unconfirmed(let since, let limit): unconfirmed(since: since, limit: limit, reply)
    }
  }

  /// With the rules and the time of now.
  private var telling: GreylistAnswer { GreylistAnswer(rules: greylist.rules, now: clock.now().seconds) }

  private func withKeys(
    of name: GreylistRequest.TripletName, _ reply: (String) -> Void, _ body: (GreylistKeys) -> Void
  ) {
    guard let address = IPAddress(name.client[...]) else {
      return reply(GreylistAnswer.refusal("the client has to be an address"))
    }
    body(
      GreylistKeys(
        client: address.unmapped, sender: MailAddress(name.sender[...]),
        recipient: MailAddress(name.recipient[...]), by: greylist.rules))
  }

  private func show(
    _ name: GreylistRequest.TripletName, _ keys: GreylistKeys, _ reply: @escaping (String) -> Void
  ) {
    desk.ask(.find(keys)) { [unowned self] outcome in
      guard case .found(let records) = outcome else {
        return reply(GreylistAnswer.refusal(StoreDesk.error(outcome).reason))
      }
      let telling = telling
      var answer = OperatorAnswer()
      if let record = records.triplet {
        answer.add(telling.triplet(KnownTriplet(key: keys.triplet, record: record)))
      } else {
        var unknown = ControlLine("unknown")
        unknown.add("key", keys.triplet.bytes)
        answer.add(unknown)
      }
      if let key = keys.client, let record = records.client {
        answer.add(telling.client(KnownClient(key: key, record: record)))
      }
      let awaited = greylist.awaited.entry(
        sender: MailAddress(name.sender[...]), recipient: MailAddress(name.recipient[...]), now: telling.now)
      if let awaited { answer.add(telling.awaited(awaited)) }
      reply(answer.text)
    }
  }

  private func allow(
    sender: [UInt8], recipient: [UInt8]?, seconds: Int64, _ reply: @escaping (String) -> Void
  ) {
    let now = clock.now().seconds
    guard let awaited = AwaitedSender(sender: sender, recipient: recipient, until: now + seconds) else {
      return reply(GreylistAnswer.refusal("this can't be an address or a domain"))
    }
    desk.ask(.await(awaited, now: now)) { [unowned self] outcome in
      guard case .awaited(let senders) = outcome else {
        return reply(GreylistAnswer.refusal(StoreDesk.error(outcome).reason))
      }
      guard let senders else {
        return reply(GreylistAnswer.refusal("\(AwaitedSenders.most) senders are awaited already"))
      }
      greylist.awaited = senders
      reply(telling.awaited(awaited).line)
    }
  }
}

// MARK: Walks

extension Greylister {
  private func list(
    client: [UInt8]?, sender: [UInt8]?, recipient: [UInt8]?, limit: Int, _ reply: @escaping (String) -> Void
  ) {
    let isFiltered = client != nil || sender != nil || recipient != nil
    guard !isFiltered || greylist.rules.keyForm == .plain else {
      return reply(GreylistAnswer.refusal(GreylistAnswer.hashedKeys))
    }
    let address = client.map { IPAddress($0[...]) }
    if case .some(.none) = address {
      return reply(GreylistAnswer.refusal("the client has to be an address"))
    }
    let filter = TripletFilter(
      client: address ?? nil, sender: sender, recipient: recipient, by: greylist.rules)
    show(limit: limit, where: { filter.matches($0.key) }, reply)
  }

  private func unconfirmed(since: Int64, limit: Int, _ reply: @escaping (String) -> Void) {
    let telling = telling
    show(
      limit: limit,
      // Whose delay isn't over could not have come back yet.
      where: { known in
        known.record.first >= telling.now - since && !telling.hasPassed(known.record)
          && known.record.first + telling.rules.delay <= telling.now
      }, reply)
  }

  /// Answers with the triplets that are asked for, as many as there is room for.
  private func show(
    limit: Int, where isAskedFor: @escaping (KnownTriplet) -> Bool, _ reply: @escaping (String) -> Void
  ) {
    let telling = telling
    var answer = OperatorAnswer()
    var hasMore = false
    desk.walkTriplets { page in
      for known in page where isAskedFor(known) {
        hasMore = answer.count == limit || !answer.add(telling.triplet(known))
        if hasMore { return false }
      }
      return true
    } done: { error in
      if let error { return reply(GreylistAnswer.refusal(error.reason)) }
      if telling.rules.keyForm == .hashed { answer.add(telling.note(GreylistAnswer.hashedKeys)) }
      var end = ControlLine("end")
      end.add("more", hasMore ? 1 : 0)
      reply(answer.text + end.line)
    }
  }

  private func forgetClient(_ client: [UInt8], _ reply: @escaping (String) -> Void) {
    guard let address = IPAddress(client[...])?.unmapped else {
      return reply(GreylistAnswer.refusal("the client has to be an address"))
    }
    let rules = greylist.rules
    let isHashed = rules.keyForm == .hashed
    let filter = TripletFilter(client: address, sender: nil, recipient: nil, by: rules)
    var keys: [TripletKey] = []
    func finish(_ triplets: [TripletKey]) {
      let note = isHashed ? telling.note(GreylistAnswer.hashedKeys).line : ""
      let mails = triplets.compactMap { TripletParts($0, by: rules) }.map { parts in
        PoolPrefix(
          sender: MailAddress(parts.sender[...]), recipient: MailAddress(parts.recipient[...]), by: rules)
      }
      forget(
        triplets: triplets, clients: [GreylistKeys.client(address, by: rules)],
        pools: Array(Set(mails)) + [PoolPrefix(client: address, by: rules)]
      ) { reply($0 + note) }
    }
    if isHashed { return finish([]) }
    desk.walkTriplets { page in
      keys += page.lazy.map(\.key).filter(filter.matches)
      return keys.count < Self.mostForgotten
    } done: { error in
      if let error { return reply(GreylistAnswer.refusal(error.reason)) }
      finish(keys)
    }
  }

  /// How many triplets one command forgets, so that the change is a short one; the command can be given again.
  private static let mostForgotten = 10_000

  /// Forgets here and in the store; what is under way for these meanwhile may come back, as any new mail may.
  private func forget(
    triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix], _ reply: @escaping (String) -> Void
  ) {
    recent.forget(triplets: triplets, clients: clients)
    desk.ask(.forget(triplets: triplets, clients: clients, pools: pools)) { [unowned self] outcome in
      recent.forget(triplets: triplets, clients: clients)
      guard case .forgotten(let count) = outcome else {
        return reply(GreylistAnswer.refusal(StoreDesk.error(outcome).reason))
      }
      var line = ControlLine("forgotten")
      line.add("triplets", Int64(count.triplets))
      line.add("clients", Int64(count.clients))
      reply(line.line)
    }
  }

  private func stats(_ reply: @escaping (String) -> Void) {
    let telling = telling
    var counts = GreylistCounts()
    desk.walkTriplets { page in
      for known in page { counts.add(known, telling) }
      return true
    } done: { [unowned self] error in
      if let error { return reply(GreylistAnswer.refusal(error.reason)) }
      desk.walkClients { page in
        for known in page { counts.add(known, telling) }
        return true
      } done: { [unowned self] error in
        if let error { return reply(GreylistAnswer.refusal(error.reason)) }
        desk.ask(.count) { [unowned self] outcome in
          guard case .counted(let count) = outcome else {
            return reply(GreylistAnswer.refusal(StoreDesk.error(outcome).reason))
          }
          counts.add(count)
          reply(stats(counts, telling))
        }
      }
    }
  }

  private func stats(_ counts: GreylistCounts, _ telling: GreylistAnswer) -> String {
    var answer = OperatorAnswer()
    answer.add(counts.line)
    answer.add(decisions)
    for sender in greylist.awaited.all where sender.until > telling.now {
      answer.add(telling.awaited(sender))
    }
    return answer.text
  }

  /// `decisions REASON=NUMBER … skipped=NUMBER`.
  private var decisions: ControlLine {
    var line = ControlLine("decisions")
    for reason in GreylistReason.allCases { line.add(reason.rawValue, reasons[reason] ?? 0) }
    line.add("skipped", Int64(clamping: trouble.skipped))
    return line
  }
}
