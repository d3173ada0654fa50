import MailTypes

/// What looking the servers of a domain up in a table comes to.
enum ServerSearch: Equatable {
  case found(value: [UInt8], key: [UInt8])
  /// Nothing is in the table, or there are no servers.
  case missing
  /// Nobody knows, since this question wasn't answered: no opinion.
  case unknown(DNSQuestion, DNSFailure)
  /// The table can't be asked.
  case failed
}
