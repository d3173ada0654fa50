import MailTypes

/// The reply to what a list in the DNS lists.
extension MailPolicy {
  /// The zone's template: of `rbl_reply_maps`, else the default one; nil when a table can't be asked.
  func template(of zone: ListedZone, _ tables: TableSet) -> ReplyTemplate? {
    switch text(of: zone, tables) {
    case .found(let text): ReplyTemplate(text) ?? parameters.defaultRBLReply
    case .missing: parameters.defaultRBLReply
    case .failed: nil
    }
  }

  /// Fills in a template.
  func refusal(
    of zone: ListedZone, _ subject: ListedSubject, _ template: ReplyTemplate, reason: [UInt8],
    _ view: RequestView
  ) -> Refusal {
    let what = Array(self.what(subject, view) ?? [])
    let reply = template.filled { macro in
      switch macro {
      case .rblCode: Array("\(parameters.mapsRBLRejectCode)".utf8)
      case .rblDomain: Array(zone.shown.utf8)
      case .rblReason, .rblText: reason
      case .rblWhat: what
      case .rblClass: Array(subject.className.utf8)
      default: Self.value(of: macro, view)
      }
    }
    return Self.refusal(reply)
  }

  /// Looked up by the argument as it is written, then by its zone alone; tables are asked one after the other.
  private func text(of zone: ListedZone, _ tables: TableSet) -> LookupTable.Answer {
    var keys = [Array(zone.written.utf8)]
    if zone.written != zone.filter.zone { keys.append(Array(zone.filter.zone.utf8)) }
    for key in keys {
      for table in parameters.rblReplyMaps {
        switch tables.search([AccessKeys.Key(bytes: key, isPartial: false)], in: table) {
        case .found(let value, _): return .found(value)
        case .missing: continue
        case .failed: return .failed
        }
      }
    }
    return .missing
  }

  /// What a reply that is filled in says: without a code Postfix defers.
  private static func refusal(_ reply: [UInt8]) -> Refusal {
    let digits = reply.prefix(3)
    guard digits.count == 3, digits.allSatisfy(\.isASCIIDigit), reply.dropFirst(3).first == UInt8(ascii: " "),
      let code = StatusCode(digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    else { return Refusal(literal: 450, EnhancedStatus(4, 7, 1), "Service unavailable") }
    let (status, text) = AccessAction.split(
      reply.dropFirst(4).drop(while: ListWords.isBlank), EnhancedStatus(4, 7, 1), AccessAction.unavailable)
    return Refusal(code, status, text)
  }

  /// What the request says of a macro.
  private static func value(of macro: ReplyMacro, _ view: RequestView) -> [UInt8] {
    func attribute(_ attribute: PolicyAttribute) -> [UInt8] { Array(view.request[attribute] ?? []) }
    return switch macro {
    case .client:
      attribute(.clientName) + Array("[".utf8) + view.clientAddressText + Array("]".utf8)
    case .clientAddress: view.clientAddressText
    case .clientName: attribute(.clientName)
    case .clientPort: attribute(.clientPort)
    case .reverseClientName: attribute(.reverseClientName)
    case .heloName: attribute(.heloName)
    case .sender: whole(view.sender)
    case .senderName: user(view.sender)
    case .senderDomain: Array(view.sender?.domain ?? [])
    case .recipient: whole(view.recipient)
    case .recipientName: user(view.recipient)
    case .recipientDomain: Array(view.recipient?.domain ?? [])
    case .rblCode, .rblDomain, .rblReason, .rblText, .rblWhat, .rblClass: []
    }
  }

  private static func whole(_ address: MailAddress?) -> [UInt8] {
    guard let address else { return [] }
    return address.isNull ? Array("<>".utf8) : address.bytes
  }

  private static func user(_ address: MailAddress?) -> [UInt8] {
    guard let address, !address.isNull else { return whole(address) }
    return Array(address.localPart)
  }
}
