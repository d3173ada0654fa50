import Glibc

/// A system call that failed: its name and errno.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  package let call: String
  package let code: Int32

  package init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  /// As perror prints it: `bind: Address already in use`.
  package var description: String { "\(call): \(reason)" }

  /// The system's words for the code alone.
  package var reason: String {
    // A second thread's strerror would share glibc's buffer; the strings that have a number are constants.
    guard let text = strerror(code) else { return "errno \(code)" }
    return String(cString: text)
  }
}

/// Calls `body` again for as long as a signal interrupts it.
///
/// - Parameters:
///   - call: the name that the error carries.
///   - body: one system call that returns -1 on failure.
/// - Returns: what the call returned.
/// - Throws: any errno but EINTR.
@discardableResult
package func retrying<Count: SignedInteger>(
  _ call: String, _ body: () -> Count
) throws(SystemError) -> Count {
  while true {
    let result = body()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw SystemError(call, code: code) }
  }
}
