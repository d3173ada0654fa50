import CLinux
import Glibc

/// Unix sockets: where they are made, passed on and asked who is at the other end.
package enum UnixSocket {
  /// The longest path that fits sun_path with its NUL.
  package static let longestPath = 107

  /// A connected pair that keeps message boundaries; both ends close on exec and don't block.
  package static func pair() throws(SystemError) -> SocketPair {
    var ends: [Int32] = [-1, -1]
    try retrying("socketpair") { clinux_seqpacket_pair(&ends) }
    return SocketPair(near: Descriptor(owning: ends[0]), far: Descriptor(owning: ends[1]))
  }

  /// A listening socket at `path`, mode 0600 until its owner widens it.
  package static func listen(at path: String, backlog: Int32) throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("bind \(path)") { clinux_listen_unix(path, backlog) })
  }

  /// A blocking stream connection to the socket at `path`.
  package static func connect(to path: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("connect \(path)") { clinux_connect_unix(path) })
  }

  /// A datagram socket whose messages go to `path`.
  package static func connectDatagram(to path: String) throws(SystemError) -> Descriptor {
    Descriptor(owning: try retrying("connect \(path)") { clinux_connect_datagram(path) })
  }

  /// The next waiting connection, non-blocking and close-on-exec.
  package static func accept(from listener: borrowing Descriptor) throws(SystemError) -> Descriptor {
    let number = listener.number
    return Descriptor(owning: try retrying("accept") { clinux_accept(number) })
  }

  /// Limits every read and write on a blocking socket.
  package static func setPatience(
    _ seconds: Int, on socket: borrowing Descriptor
  ) throws(SystemError) {
    var patience = timeval(tv_sec: seconds, tv_usec: 0)
    let number = socket.number
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      try retrying("setsockopt") {
        setsockopt(number, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
      }
    }
  }

  /// Who is at the other end, as the kernel recorded it when the connection was made.
  package static func peer(of socket: borrowing Descriptor) throws(SystemError) -> Peer {
    var peer = Peer(pid: 0, uid: 0, gid: 0)
    let number = socket.number
    try retrying("getsockopt SO_PEERCRED") { clinux_peer(number, &peer.pid, &peer.uid, &peer.gid) }
    return peer
  }

  /// Sends one message, and a copy of `descriptor` (a number that the caller goes on owning) with it.
  ///
  /// - Throws: EAGAIN when the other end doesn't read, EPIPE when it is gone.
  package static func send(
    _ message: UnsafeRawBufferPointer, passing descriptor: Int32? = nil, to socket: borrowing Descriptor
  ) throws(SystemError) {
    let number = socket.number
    let sent = try retrying("sendmsg") {
      clinux_send(number, message.baseAddress, message.count, descriptor ?? -1)
    }
    if sent != message.count { throw SystemError("sendmsg", code: EMSGSIZE) }
  }

  /// Receives one message into `buffer`; a count of zero is the end of the conversation.
  ///
  /// - Throws: EAGAIN when nothing waits, EPROTO for a message that doesn't fit or brings several descriptors.
  package static func receive(
    into buffer: UnsafeMutableRawBufferPointer, from socket: borrowing Descriptor
  ) throws(SystemError) -> Received {
    var passed: Int32 = -1
    let number = socket.number
    let count = try retrying("recvmsg") {
      clinux_receive(number, buffer.baseAddress, buffer.count, &passed)
    }
    return Received(count: count, descriptor: passed >= 0 ? Descriptor(owning: passed) : nil)
  }
}

/// The two ends of a socketpair.
package struct SocketPair: ~Copyable {
  package var near: Descriptor
  package var far: Descriptor

  /// The one end that stays; the other is closed.
  package consuming func nearEnd() -> Descriptor { near }
}

/// The process at the other end of a unix socket.
package struct Peer: Equatable, Sendable {
  package var pid: Int32
  package var uid: UInt32
  package var gid: UInt32
}

/// One message: its length and the descriptor that came with it.
package struct Received: ~Copyable {
  package var count: Int
  package var descriptor: Descriptor?
}

extension Received {
  /// The descriptor, to be owned by the caller.
  package consuming func passed() -> Descriptor? { descriptor }
}
