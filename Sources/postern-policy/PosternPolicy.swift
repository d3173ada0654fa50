import Glibc
import PolicyService

/// postern-policy: Postfix's policy requests, in one process without rights; started by posternd.
///
/// SECURITY: runs as `[run] front`, or as postgrey's user, without capabilities; no exec. It never sees a password.
/// DIAGNOSTICS: the log; exit code 78 for a configuration that can't be read.
@main
struct PosternPolicy {
  static func main() {
    exit(PolicyProgram.run(arguments: Array(CommandLine.arguments.dropFirst())))
  }
}
