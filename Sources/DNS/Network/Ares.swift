import CAres
import EventLoop
import Glibc
import MailTypes

/// c-ares' functions, as far as they need more than a call.
enum Ares {
  /// What fits into a datagram that no network cuts up: the DNS flag day of 2020.
  private static let datagram: Int32 = 1232
  /// Then comes another port, which whoever forges answers has to find out anew.
  private static let questionsPerPort: Int32 = 100

  private static let isReady = Int(ares_library_init(ARES_LIB_INIT_ALL)) == cares_success

  /// A channel that knows the servers of /etc/resolv.conf, asks one of them once, and tells what its sockets wait for.
  ///
  /// Replies that say SERVFAIL or REFUSED are given on like others (`NOCHECKRESP`): c-ares would forget which it was.
  static func open(timeout: Duration, sockets: SocketWatches?) throws(ResolverError) -> ares_channel {
    guard isReady else { throw ResolverError(description: "c-ares can't be initialised") }
    var options = ares_options()
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOCHECKRESP | ARES_FLAG_EDNS
    options.ednspsz = datagram
    let (seconds, attoseconds) = timeout.components
    options.timeout = Int32(clamping: min(seconds, 86_400) * 1000 + attoseconds / 1_000_000_000_000_000)
    options.tries = 1
    var mask = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
    if let sockets {
      options.sock_state_cb = { context, number, reads, writes in
        guard let context else { return }
        Unmanaged<SocketWatches>.fromOpaque(context).takeUnretainedValue()
          .wait(number, for: [reads != 0 ? .readable : [], writes != 0 ? .writable : []])
      }
      options.sock_state_cb_data = Unmanaged.passUnretained(sockets).toOpaque()
      mask |= ARES_OPT_SOCK_STATE_CB
    }
    cares_keep_no_answers(&options, &mask)
    cares_change_ports(&options, &mask, questionsPerPort)
    cares_wait_at_most(&options, &mask, options.timeout)
    var channel: ares_channel?
    try check(ares_init_options(&channel, &options, mask))
    guard let channel else { throw ResolverError(description: "c-ares gives no channel") }
    return channel
  }

  /// Makes a channel ask this server and no other.
  static func set(_ server: ServerAddress, of channel: ares_channel) throws(ResolverError) {
    try check(ares_set_servers_ports_csv(channel, server.description))
  }

  /// The servers of /etc/resolv.conf; this host's own when it names none.
  static func configuredServers() throws(ResolverError) -> [ServerAddress] {
    let channel = try open(timeout: .seconds(1), sockets: nil)
    defer { ares_destroy(channel) }
    var first: UnsafeMutablePointer<ares_addr_port_node>?
    try check(ares_get_servers_ports(channel, &first))
    defer { ares_free_data(first) }
    return sequence(first: first) { $0?.pointee.next }.compactMap { node in
      guard let node = node?.pointee else { return nil }
      let port = node.udp_port == 0 ? ServerAddress.usualPort : UInt16(clamping: node.udp_port)
      return address(of: node).map { ServerAddress($0, port: port) }
    }
  }

  private static func address(of node: ares_addr_port_node) -> IPAddress? {
    var node = node
    let isV4 = node.family == AF_INET
    return withUnsafeBytes(of: &node.addr) { bytes in
      isV4
        ? .v4(bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        : .v6(bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) })
    }
  }

  /// What a question that brought no reply has come to.
  static func failure(_ status: Int32) -> DNSAnswer {
    switch Int(status) {
    case cares_no_data: .noRecords
    // Of names that it asks nobody for, such as those of Tor (RFC 7686).
    case cares_not_found: .noName
    case cares_timeout: .failed(.timeout)
    case cares_bad_name, cares_bad_query, cares_bad_reply: .failed(.unusable)
    default: .failed(.unreachable)
    }
  }

  private static func check(_ status: Int32) throws(ResolverError) {
    guard Int(status) != cares_success else { return }
    throw ResolverError(description: "c-ares: \(String(cString: ares_strerror(status)))")
  }
}
