import AuthService
import Glibc

/// postern-auth: every login protocol, in one process without rights; started by posternd.
///
/// SECURITY: runs as `[run] front` without capabilities; unix sockets only, no exec. It hears passwords and
/// can't read hashes; what says *accepted* is a worker. DIAGNOSTICS: the log; exit code 78 for a configuration
/// that can't be read. BUGS: a worker that was taken over can lie about the logins that it is given.
@main
struct PosternAuth {
  static func main() {
    exit(AuthProgram.run(arguments: Array(CommandLine.arguments.dropFirst())))
  }
}
