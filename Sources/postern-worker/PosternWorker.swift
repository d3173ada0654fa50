import Glibc
import WorkerRuntime

/// postern-worker: checks one password after the other, as PAM, shadow or the user database say; started by
/// posternd.
///
/// SECURITY: started by root it runs as `[run] local` with group shadow, without capabilities. It executes
/// nothing, and of all sockets opens only unix ones. It sees passwords and may read hashes; a
/// PAM module runs with these rights and can lie about the logins that this worker is given.
/// DIAGNOSTICS: faults go to standard error, a line each, without login or password. Exit codes: 0 when
/// postern-auth is gone or the worker has grown too large, 1 when a step of the start or the conversation
/// failed, 64 for arguments that posternd doesn't write; a check that takes twice the deadline ends it by
/// SIGKILL, one whose postern-auth is gone by SIGIO.
/// BUGS: what PAM modules leak stays until the worker leaves.
@main
struct PosternWorker {
  static func main() {
    exit(WorkerProgram.run(arguments: Array(CommandLine.arguments.dropFirst())))
  }
}
