/// C that is compiled while the tests run: PAM modules and clients of C libraries.
enum Compiler {
  /// Makes a PAM module of `Tests/PAMModules/NAME.c`.
  static func module(_ name: String, in run: RunDirectory) async throws -> String {
    let output = run.path("\(name).so")
    let source = Project.path("Tests/PAMModules/\(name).c")
    try await must(
      "cc",
      ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Werror", "-shared", "-fPIC", "-o", output, source, "-lpam"])
    return output
  }

  /// Makes a library to be loaded before a program, of a file of this package.
  static func preload(_ source: String, in run: RunDirectory) async throws -> String {
    let output = run.path("preload.so")
    try await must(
      "cc",
      [
        "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Werror", "-shared", "-fPIC", "-o", output,
        Project.path(source),
      ])
    return output
  }

  /// Makes a program of a C file that stands among the clients.
  static func client(_ name: String, libraries: [String], in run: RunDirectory) async throws -> String {
    let output = run.path(name)
    let source = Project.path("Tests/EndToEndTests/Clients/\(name).c")
    try await must(
      "cc", ["-std=c11", "-Wall", "-Werror", "-o", output, source] + libraries.map { "-l\($0)" })
    return output
  }
}
