import Glibc

/// A log's reading end in a directory of its own, as a test plays it.
package final class DatagramReader {
  private let directory: String
  private var number: Int32 = -1
  package var path: String { "\(directory)/log" }

  package init(isListening: Bool = true) {
    var template = Array("/tmp/postern-log-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil)
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if isListening { start() }
  }

  deinit {
    stop()
    rmdir(directory)
  }

  package func start() {
    let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    number = socket(AF_UNIX, type, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafeBytes(of: &address) {
      bind(number, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    precondition(bound == 0)
  }

  package func stop() {
    guard number >= 0 else { return }
    // Also for a child of the test runner that holds it between its fork and its exec.
    shutdown(number, Int32(SHUT_RDWR))
    close(number)
    number = -1
    unlink(path)
  }

  /// The next datagram, nil when none waits.
  package func read() -> String? {
    var room = [UInt8](repeating: 0, count: 4096)
    let count = recv(number, &room, room.count, 0)
    return count < 0 ? nil : String(decoding: room.prefix(count), as: UTF8.self)
  }

  package func readAll() -> [String] { Array(sequence(state: ()) { _ in self.read() }) }
}
