/// Why a request was let pass or put off, as it is counted.
package enum GreylistReason: String, CaseIterable, Sendable {
  case authenticated
  case clientWhitelist = "client_whitelist"
  case recipientWhitelist = "recipient_whitelist"
  case clientAutoWhitelist = "client_auto_whitelist"
  case awaited
  /// The recipient wrote to the sender.
  case correspondent
  case tripletFound = "triplet_found"
  /// Another client of the client's organisation has waited.
  case clientOrganisation = "client_organisation"
  /// The client's network has waited for another mail of the sender's domain.
  case knownNetwork = "known_network"
  case new
  case earlyRetry = "early_retry"
  /// It lacks what makes a triplet, and is let pass.
  case noTriplet = "no_triplet"
}
