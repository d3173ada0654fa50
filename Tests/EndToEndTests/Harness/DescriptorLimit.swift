import Glibc
import SystemCalls

/// How many descriptors this process may have: a crowd of clients needs one each.
enum DescriptorLimit {
  /// Other suites run beside.
  private static let others = 200

  /// Makes room for this many clients, as far as the system lets us.
  static func allow(_ clients: Int) throws {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    try retrying("getrlimit") { getrlimit(kind, &limit) }
    limit.rlim_cur = max(limit.rlim_cur, min(rlim_t(clients + others), limit.rlim_max))
    try retrying("setrlimit") { setrlimit(kind, &limit) }
  }
}
