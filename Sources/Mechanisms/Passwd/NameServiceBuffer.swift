import Glibc
import SystemCalls

/// The memory in which the name service's reentrant calls put an entry.
enum NameServiceBuffer {
  private static let first = 1 << 12
  private static let largest = 1 << 20

  /// Calls `lookup` with more and more room until an entry fits, and wipes what it held.
  ///
  /// - Parameters:
  ///   - call: the name that an error carries.
  ///   - lookup: returns 0, or an errno.
  /// - Throws: an errno that says more than that there is no such entry.
  static func filling(
    _ call: String, _ lookup: (UnsafeMutablePointer<CChar>, Int) -> Int32
  ) throws(SystemError) {
    var size = first
    while true {
      let room = UnsafeMutablePointer<CChar>.allocate(capacity: size)
      defer {
        explicit_bzero(room, size)
        room.deallocate()
      }
      switch lookup(room, size) {
      case 0, ENOENT, ESRCH: return
      case EINTR: continue
      case ERANGE where size < largest: size *= 4
      case let code: throw SystemError(call, code: code)
      }
    }
  }

  /// The text of a password field; a source that has none gives the empty one, which nothing matches.
  static func text(of field: UnsafePointer<CChar>?) -> String {
    guard let field else { return "" }
    return String(cString: field)
  }
}
