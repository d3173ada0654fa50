import Glibc

/// Where posternd finds the programs that belong to it: beside itself, or as installed.
struct Programs {
  private let directory: String

  init() {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    let executable = String(decoding: path.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    directory = executable.split(separator: "/").dropLast().map { "/" + $0 }.joined()
  }

  /// The first place that has the program; the place beside posternd when none has.
  func path(of program: String) -> String {
    let beside = "\(directory)/\(program)"
    let places = [beside, "\(directory)/../libexec/postern/\(program)", "\(directory)/../bin/\(program)"]
    return places.first { access($0, X_OK) == 0 } ?? beside
  }
}
