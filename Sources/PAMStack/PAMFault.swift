/// Something in the files of a service with which libpam can't serve it.
package struct PAMFault: Error, Hashable, Sendable, CustomStringConvertible {
  let file: String
  let line: Int?
  let reason: String

  init(_ reason: String, file: String, line: Int? = nil) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  package var description: String {
    "\([file, line.map(String.init)].compactMap(\.self).joined(separator: ":")): \(reason)"
  }
}
