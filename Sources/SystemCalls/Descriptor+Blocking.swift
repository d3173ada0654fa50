import Glibc

extension Descriptor {
  /// From now on calls wait instead of failing with EAGAIN.
  package borrowing func makeBlocking() throws(SystemError) {
    let number = number
    let flags = try retrying("fcntl F_GETFL") { fcntl(number, F_GETFL) }
    try retrying("fcntl F_SETFL") { fcntl(number, F_SETFL, flags & ~O_NONBLOCK) }
  }
}
