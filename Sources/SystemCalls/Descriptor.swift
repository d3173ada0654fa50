import Glibc

/// An open file descriptor with one owner; closed when its owner drops it.
package struct Descriptor: ~Copyable {
  /// The number, for system calls while the owner lives.
  package let number: Int32

  /// Takes over a descriptor that nothing else will close.
  package init(owning number: Int32) {
    precondition(number >= 0, "a descriptor is not negative")
    self.number = number
  }

  /// Gives the number away: whoever takes it closes it.
  package consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  deinit {
    // EINTR on Linux still closes; anything else has no mend.
    _ = Glibc.close(number)
  }
}

extension Descriptor {
  /// Reads what is there, at most what fits.
  ///
  /// - Returns: the number of bytes; zero at the end of input.
  /// - Throws: EAGAIN when nothing is there.
  package borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    let number = number
    return try retrying("read") { Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Sends bytes on a socket in one call, without a signal; a reader that is gone or full misses them.
  package borrowing func send(_ bytes: StaticString) {
    _ = Glibc.send(number, bytes.utf8Start, bytes.utf8CodeUnitCount, Int32(MSG_NOSIGNAL))
  }
}
