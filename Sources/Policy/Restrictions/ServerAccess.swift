/// `check_SUBJECT_{ns,mx,a}_access`: whose servers are looked up in a table, and which.
package struct ServerAccess: Hashable, Sendable, CaseIterable {
  package let subject: Subject
  package let kind: Kind

  /// Where the domain comes from.
  package enum Subject: String, Hashable, Sendable, CaseIterable {
    case client
    case reverseClient = "reverse_client_hostname"
    case helo
    case sender
    case recipient
  }

  /// Which servers it is about.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Its mail hosts.
    case mx
    /// Its name servers.
    case ns
    /// Itself: only addresses are looked up.
    case a
  }

  package static let allCases = Subject.allCases.flatMap { subject in
    Kind.allCases.map { ServerAccess(subject: subject, kind: $0) }
  }

  package var name: String { "check_\(subject.rawValue)_\(kind.rawValue)_access" }
}
