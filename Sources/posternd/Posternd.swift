import Glibc
import Manual
import Supervision

/// posternd: binds the sockets, starts the others, replaces those that end.
///
/// SECURITY: starts as root and keeps SETUID, SETGID and KILL; never reads a byte that a client sent.
/// DIAGNOSTICS: the log; exit codes 64 (usage), 75 (another instance), 78 (configuration). BUGS: as root
/// without its other rights it can't remove its sockets from another user's directory; the next start does.
@main
struct Posternd {
  static func main() {
    let path = CommandLine.arguments.first ?? "posternd"
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let arguments = Array(CommandLine.arguments.dropFirst())
    // saslauthd has its own.
    if name != "saslauthd", arguments == ["--help"] || arguments == ["-h"] {
      print(ManualPage.posternd.help, terminator: "")
      exit(EXIT_SUCCESS)
    }
    exit(PosterndProgram.run(name: name, arguments: arguments))
  }
}
