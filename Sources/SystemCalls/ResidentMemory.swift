import Glibc

/// How much memory the process itself takes at the moment, in bytes.
///
/// - Throws: when `/proc` can't be read.
package func residentMemory() throws(SystemError) -> Int {
  let path = "/proc/self/statm"
  let file = Descriptor(owning: try retrying("open \(path)") { open(path, O_RDONLY | O_CLOEXEC) })
  var text = [UInt8](repeating: 0, count: 128)
  let number = file.number
  let count = try retrying("read \(path)") { read(number, &text, text.count) }
  // Pages: all, resident, shared …
  let fields = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
  guard fields.count > 1, let pages = Int(fields[1]) else { throw SystemError("read \(path)", code: EINVAL) }
  return pages * sysconf(Int32(_SC_PAGESIZE))
}
