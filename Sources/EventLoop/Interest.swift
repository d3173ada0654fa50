/// What the owner of a descriptor waits for.
package struct Interest: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// EPOLLIN: there are bytes, a connection, or the end of input.
  package static let readable = Interest(rawValue: 0x001)
  /// EPOLLOUT: there is room for bytes.
  package static let writable = Interest(rawValue: 0x004)
  /// EPOLLHUP alone: nothing but the end of both directions, or an error.
  package static let hangUp = Interest(rawValue: 0x010)
}

/// What the kernel says about a descriptor.
package struct Readiness: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// EPOLLIN: a read gives bytes, or tells the end of input.
  package static let readable = Readiness(rawValue: 0x001)
  /// EPOLLOUT: a write takes bytes.
  package static let writable = Readiness(rawValue: 0x004)
  /// EPOLLERR: the next call tells the error; reported whatever the interest is.
  package static let failed = Readiness(rawValue: 0x008)
  /// EPOLLHUP: both directions are closed; reported whatever the interest is.
  package static let hungUp = Readiness(rawValue: 0x010)
}
