import Glibc

/// Programs of this package as they were built for the tests.
package enum BuiltProgram {
  /// The program's path: beside the test bundle.
  package static func path(of name: String) -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    precondition(count > 0, "a process can read where its program is")
    let bundle = String(decoding: path.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return bundle.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
  }
}
