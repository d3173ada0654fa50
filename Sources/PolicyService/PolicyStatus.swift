/// What postern-policy tells of itself, for `postern status`.
struct PolicyStatus {
  /// Seconds since the start.
  var uptime = 0
  var connections = 0
  var requests: UInt64 = 0
  var triplets = 0
  var clients = 0

  /// `name=value` lines.
  var text: String {
    """
    policy_uptime_seconds=\(uptime)
    policy_connections=\(connections)
    policy_requests=\(requests)
    greylist_triplets=\(triplets)
    greylist_clients=\(clients)

    """
  }
}
