/// One listener of the policy service: where Postfix's `check_policy_service` connects, and what is asked there.
package struct PolicyListenerSettings: Equatable, Sendable {
  /// The name in the log.
  package var name: String
  /// None: it is asked by requests whose policy_context is its name, wherever they come in.
  package var addresses: [ListenAddress]
  /// Permission bits of unix sockets.
  package var socketMode: UInt32 = 0o666
  /// Whose unix sockets are, where root makes them; empty: root.
  package var socketOwner = ""
  /// Likewise their group.
  package var socketGroup = ""
  /// Connections that may wait to be accepted.
  package var backlog: Int32 = 1024
  /// What is asked; nothing: every answer is DUNNO.
  package var restrictions = ConfiguredList()
  /// Which of Postfix's lists asks here.
  package var stage: Stage
  package var onFailure = FailureAnswer.dunno
  /// Whether the list may permit strangers to relay, so that nothing has to be proven.
  package var openRelay = false

  /// A list of Postfix's, by the step of the SMTP dialogue that it belongs to.
  package enum Stage: String, CaseIterable, Sendable {
    case client, helo, sender, relay, recipient, data
    case endOfData = "end_of_data"
    case etrn
  }

  /// What Postfix gets when the service itself can't decide.
  package enum FailureAnswer: String, CaseIterable, Sendable {
    case dunno
    /// No answer at all: Postfix then says 451.
    case close
  }

  /// Listeners are numbered in a byte; more of them are a mistake.
  package static let mostAddresses = 64

  /// The listener of that name; without a stage of its own it is asked at the one that it is named after.
  package init(name: String, addresses: [ListenAddress]) {
    self.name = name
    self.addresses = addresses
    stage = Stage(rawValue: name) ?? .recipient
  }
}

extension PolicyListenerSettings {
  /// What a listener is known by over a reload: FNV-1a over its name and addresses.
  package var mark: UInt32 {
    ([name] + addresses.map(\.endpoint)).joined(separator: "\n").utf8
      .reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}

extension [PolicyListenerSettings] {
  /// The listener of that name; nil when there is none.
  package subscript(named name: String) -> PolicyListenerSettings? {
    get { first { $0.name == name } }
    set {
      let place = firstIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let listener?): self[place] = listener
      case (let place?, nil): remove(at: place)
      case (nil, let listener?): append(listener)
      case (nil, nil): break
      }
    }
  }
}
