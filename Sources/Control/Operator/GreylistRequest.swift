/// What `postern greylist` asks the policy service.
package enum GreylistRequest: Equatable, Sendable {
  /// Triplets with all that is named.
  case list(client: [UInt8]?, sender: [UInt8]?, recipient: [UInt8]?, limit: Int)
  case show(TripletName)
  /// Let this mail pass for so many seconds.
  case allow(sender: [UInt8], recipient: [UInt8]?, seconds: Int64)
  case forget(TripletName)
  /// Forget the triplets of a client's network, and its successes.
  case forgetClient([UInt8])
  case stats
  /// Triplets first seen in the last so many seconds that never passed.
  case unconfirmed(since: Int64, limit: Int)

  /// How a triplet is named from outside: by what a request of it would hold.
  package struct TripletName: Equatable, Sendable {
    package let client: [UInt8]
    package let sender: [UInt8]
    package let recipient: [UInt8]

    package init(client: [UInt8], sender: [UInt8], recipient: [UInt8]) {
      self.client = client
      self.sender = sender
      self.recipient = recipient
    }
  }

  /// The longest argument, bytes: as much as counts of a request's values.
  package static let longestArgument = 512
  /// How many triplets one answer may have.
  package static let limits = 1...10_000
  /// How long mail may be awaited: somebody sits there and waits.
  package static let longestAwaiting: Int64 = 86_400
  /// How far back is asked.
  package static let longestSince: Int64 = 100 * 86_400

  package var changesSomething: Bool {
    switch self {
    case .allow, .forget, .forgetClient: true
    case .list, .show, .stats, .unconfirmed: false
    }
  }
}

// MARK: On the wire

extension GreylistRequest {
  /// What its lines begin with.
  static let prefix = "greylist-"

  var line: ControlLine {
    switch self {
    case .list(let client, let sender, let recipient, let limit):
      var line = Self.begin("list", client: client, sender: sender, recipient: recipient)
      line.add("limit", Int64(limit))
      return line
    case .show(let name):
      return Self.begin("show", client: name.client, sender: name.sender, recipient: name.recipient)
    case .allow(let sender, let recipient, let seconds):
      var line = Self.begin("allow", sender: sender, recipient: recipient)
      line.add("seconds", seconds)
      return line
    case .forget(let name):
      return Self.begin("forget", client: name.client, sender: name.sender, recipient: name.recipient)
    case .forgetClient(let client): return Self.begin("forget-client", client: client)
    case .stats: return Self.begin("stats")
    case .unconfirmed(let since, let limit):
      var line = Self.begin("unconfirmed")
      line.add("since", since)
      line.add("limit", Int64(limit))
      return line
    }
  }

  /// Nil for what isn't one, or has a value out of its bounds.
  init?(_ line: ControlLine) {
    let (client, sender) = (line.text("client"), line.text("sender"))
    let recipient = line.text("recipient")
    guard [client, sender, recipient].allSatisfy({ $0.map { $0.count <= Self.longestArgument } ?? true })
    else { return nil }
    switch (line.kind, client, sender, recipient) {
    case ("greylist-list", _, _, _):
      guard let limit = Self.limit(line) else { return nil }
      self = .list(client: client, sender: sender, recipient: recipient, limit: limit)
    case ("greylist-show", let client?, let sender?, let recipient?):
      self = .show(TripletName(client: client, sender: sender, recipient: recipient))
    case ("greylist-forget", let client?, let sender?, let recipient?):
      self = .forget(TripletName(client: client, sender: sender, recipient: recipient))
    case ("greylist-forget-client", let client?, nil, nil): self = .forgetClient(client)
    case ("greylist-allow", nil, let sender?, _):
      guard let seconds = line.number("seconds"), (1...Self.longestAwaiting).contains(seconds) else {
        return nil
      }
      self = .allow(sender: sender, recipient: recipient, seconds: seconds)
    case ("greylist-stats", nil, nil, nil): self = .stats
    case ("greylist-unconfirmed", nil, nil, nil):
      guard let limit = Self.limit(line), let since = line.number("since"),
        (1...Self.longestSince).contains(since)
      else { return nil }
      self = .unconfirmed(since: since, limit: limit)
    default: return nil
    }
    // Nothing that is asked for is passed over.
    guard self.line == line else { return nil }
  }

  private static func begin(
    _ kind: String, client: [UInt8]? = nil, sender: [UInt8]? = nil, recipient: [UInt8]? = nil
  ) -> ControlLine {
    var line = ControlLine(prefix + kind)
    if let client { line.add("client", client) }
    if let sender { line.add("sender", sender) }
    if let recipient { line.add("recipient", recipient) }
    return line
  }

  private static func limit(_ line: ControlLine) -> Int? {
    line.number("limit").map(Int.init).flatMap { limits.contains($0) ? $0 : nil }
  }
}
