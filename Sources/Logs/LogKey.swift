/// What a value in a log line is, in the order in which lines show them.
package enum LogKey: String, Sendable {
  case result
  case id
  case login
  case service
  case realm
  case mechanism
  case reason
  case remote
  case cached
  case ms

  case socket
  case path
  case process
  case worker
  case pid
  case uid
  case gid
  case signal
  case status
  case count
  case slot
  case key
  case error
  case mend
  case request
  case triplets
  case clients
  case expired
  case malformed
  case action
  case list
  case zone
  case restriction
  case code
  case dsn
  case queue
  case client
  case helo
  case sender
  case recipient
  case text

  /// saslauthd's words, inside its brackets.
  case user
  case mech
}
