import Glibc

/// A regular file's bytes with its owner and mode, all taken from one open descriptor.
package struct FileContents: Sendable {
  package let bytes: [UInt8]
  package let owner: UInt32
  /// Permission bits, without the file's type.
  package let mode: UInt32

  package init(bytes: [UInt8], owner: UInt32, mode: UInt32) {
    self.bytes = bytes
    self.owner = owner
    self.mode = mode
  }

  /// Reads the file at `path`, following symbolic links.
  ///
  /// - Throws: also for what is no regular file, and for one of more than `limit` bytes.
  package init(of path: String, limit: Int) throws(FileError) {
    // Non-blocking, so that a FIFO put there holds up nobody.
    let file = Descriptor(
      owning: try Self.call("open") { open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) })
    let number = file.number
    var status = stat()
    _ = try Self.call("fstat") { fstat(number, &status) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    owner = status.st_uid
    mode = status.st_mode & 0o7777
    bytes = try Self.read(file, limit: limit)
  }

  private static func read(_ file: borrowing Descriptor, limit: Int) throws(FileError) -> [UInt8] {
    let number = file.number
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try call("read") { Glibc.read(number, &chunk, chunk.count) }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else { throw .tooLarge(limit: limit) }
      bytes += chunk[..<count]
    }
  }

  private static func call<Count: SignedInteger>(
    _ name: String, _ body: () -> Count
  ) throws(FileError) -> Count {
    do {
      return try retrying(name, body)
    } catch {
      throw .system(error)
    }
  }
}

/// Why a file's contents were not to be had.
package enum FileError: Error, Equatable, CustomStringConvertible {
  case system(SystemError)
  case notRegular
  case tooLarge(limit: Int)

  /// The words that follow the file's name in a message.
  package var description: String {
    switch self {
    case .system(let error): error.reason
    case .notRegular: "not a regular file"
    case .tooLarge(let limit): "larger than \(limit) bytes"
    }
  }

  /// Whether there is nothing of that name.
  package var isMissing: Bool {
    guard case .system(let error) = self else { return false }
    return error.code == ENOENT || error.code == ENOTDIR
  }
}
