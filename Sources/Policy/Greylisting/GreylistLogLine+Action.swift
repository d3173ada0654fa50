import MailTypes

extension GreylistLogLine {
  /// Why a request was let pass or put off, as the log names it.
  enum Reason: Equatable, Sendable {
    /// Ours: postgrey doesn't look.
    case authenticated
    case clientWhitelist
    case recipientWhitelist
    case clientAutoWhitelist
    /// Ours: the operator has asked for it.
    case awaited
    /// Ours: the recipient wrote to the sender.
    case correspondent
    case new
    case earlyRetry(missing: Int64)
    case tripletFound
    case firstTimeFound(delay: Int64)
    /// Ours: another client of the organisation has waited; for so long, when this one comes back from that.
    case clientOrganisation(delay: Int64?)
    /// Ours: the network has waited for another mail of the sender's domain.
    case knownNetwork

    var text: String {
      switch self {
      case .authenticated: "action=pass, reason=authenticated"
      case .clientWhitelist: "action=pass, reason=client whitelist"
      case .recipientWhitelist: "action=pass, reason=recipient whitelist"
      case .clientAutoWhitelist: "action=pass, reason=client AWL"
      case .awaited: "action=pass, reason=awaited"
      case .correspondent: "action=pass, reason=correspondent"
      case .new: "action=greylist, reason=new"
      case .earlyRetry(let missing): "action=greylist, reason=early-retry (\(missing)s missing)"
      case .tripletFound: "action=pass, reason=triplet found"
      case .firstTimeFound(let delay): "action=pass, reason=triplet found, delay=\(delay)"
      case .clientOrganisation(nil): "action=pass, reason=client organisation"
      case .clientOrganisation(let delay?): "action=pass, reason=client organisation, delay=\(delay)"
      case .knownNetwork: "action=pass, reason=known network"
      }
    }

    /// What it is counted as.
    var kind: GreylistReason {
      switch self {
      case .authenticated: .authenticated
      case .clientWhitelist: .clientWhitelist
      case .recipientWhitelist: .recipientWhitelist
      case .clientAutoWhitelist: .clientAutoWhitelist
      case .awaited: .awaited
      case .correspondent: .correspondent
      case .new: .new
      case .earlyRetry: .earlyRetry
      case .tripletFound, .firstTimeFound: .tripletFound
      case .clientOrganisation: .clientOrganisation
      case .knownNetwork: .knownNetwork
      }
    }
  }

  /// `[QUEUEID: ]action=…, reason=…[, delay=…], client_name=…, client_address=…, sender=…, recipient=…`.
  static func action(_ reason: Reason, on request: PolicyRequest) -> GreylistLogLine {
    GreylistLogLine(reason, on: request)
  }

  static func words(_ reason: Reason, on request: PolicyRequest) -> [UInt8] {
    var line: [UInt8] = []
    if let queueID = told(request, .queueID) { line += queueID + ": ".utf8 }
    line += reason.text.utf8
    for attribute in [PolicyAttribute.clientName, .clientAddress, .sender, .recipient] {
      guard let value = told(request, attribute) else { continue }
      line += ", \(attribute.name)=".utf8
      line += value
    }
    return line
  }

  /// A line of a request that is no attribute; its first 100 bytes.
  static func garbage(_ line: ArraySlice<UInt8>) -> GreylistLogLine {
    GreylistLogLine(.event, Array("ignoring garbage: <".utf8) + line.prefix(100) + [UInt8(ascii: ">")])
  }

  /// A request of another kind.
  package static func unrecognized(_ kind: ArraySlice<UInt8>) -> GreylistLogLine {
    GreylistLogLine(.event, Array("unrecognized request type: '".utf8) + kind + [UInt8(ascii: "'")])
  }

  /// An event about a client: `whitelisted: NAME[ADDRESS]`, or the address alone.
  static func whitelisted(_ name: ArraySlice<UInt8>, _ address: IPAddress) -> GreylistLogLine {
    let hasName = !name.isEmpty && !isZero(name)
    let host = address.postgreyText
    let client = hasName ? Array(name) + [UInt8(ascii: "[")] + host + [UInt8(ascii: "]")] : host
    return GreylistLogLine(.event, Array("whitelisted: ".utf8) + client)
  }

  /// Nil for what the log leaves out: nothing, and Perl's other false string, `0`.
  private static func told(_ request: PolicyRequest, _ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    request[attribute].flatMap {
      $0.isEmpty || isZero($0) ? nil : $0.prefix(GreylistSubject.longestValue)
    }
  }

  private static func isZero(_ value: ArraySlice<UInt8>) -> Bool { value.elementsEqual("0".utf8) }
}
