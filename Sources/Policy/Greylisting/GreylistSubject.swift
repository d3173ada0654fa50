import MailTypes

/// A request that has all that greylisting needs.
struct GreylistSubject: Equatable, Sendable {
  /// How much of a value counts, bytes: postgrey's limit, and that of a key's length in the store.
  static let longestValue = 512

  let request: PolicyRequest
  let clientAddress: IPAddress
  let clientName: ArraySlice<UInt8>
  let sender: MailAddress
  let recipient: MailAddress

  /// Why a request can't be greylisted: it is let pass, and the log says so.
  enum Fault: Error, Equatable {
    case missing(PolicyAttribute)
    case notAnAddress

    func complaint(about request: PolicyRequest) -> GreylistLogLine {
      switch self {
      case .missing(let attribute):
        return GreylistLogLine(.complaint, "attribute missing: \(attribute.name)")
      case .notAnAddress:
        let told = Array(request[.clientAddress] ?? [])
        return GreylistLogLine(
          .complaint, Array("can't parse client_address from postfix: ".utf8) + told.prefix(100))
      }
    }
  }

  init(_ request: PolicyRequest) throws(Fault) {
    func value(_ attribute: PolicyAttribute) throws(Fault) -> ArraySlice<UInt8> {
      guard let value = request[attribute] else { throw .missing(attribute) }
      return value.prefix(Self.longestValue)
    }
    // In postgrey's order: the first one that is missing is named.
    let address = try value(.clientAddress)
    clientName = try value(.clientName)
    recipient = MailAddress(try value(.recipient))
    sender = MailAddress(try value(.sender))
    guard let clientAddress = IPAddress(address) else { throw .notAnAddress }
    // Unlike postgrey, for which all mapped addresses together are one IPv6 network.
    self.clientAddress = clientAddress.unmapped
    self.request = request
  }
}
