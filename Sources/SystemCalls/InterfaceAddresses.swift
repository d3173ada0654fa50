import CLinux
import Glibc

/// The addresses of this host's network interfaces.
package enum InterfaceAddresses {
  /// All of them, as inet_ntop(3) writes them; none when the system doesn't tell.
  package static var all: [String] {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return [] }
    defer { freeifaddrs(list) }
    var addresses: [String] = []
    var next = list
    while let entry = next {
      next = entry.pointee.ifa_next
      guard let address = entry.pointee.ifa_addr else { continue }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let length =
        address.pointee.sa_family == AF_INET
        ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
      guard [sa_family_t(AF_INET), sa_family_t(AF_INET6)].contains(address.pointee.sa_family),
        getnameinfo(
          address, socklen_t(length), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
      else { continue }
      let name = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      // A link-local address comes with its interface.
      addresses.append(String(decoding: name.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self))
    }
    return addresses
  }
}
