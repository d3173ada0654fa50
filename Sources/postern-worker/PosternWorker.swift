import Settings
import WorkerRuntime

/// postern-worker: checks one password after the other, as PAM, shadow or the user database say.
///
/// SECURITY: runs as `[run] local` with group shadow, without capabilities, network or exec; may read hashes.
/// DIAGNOSTICS: exit code 1 and a line on standard error when it can't begin. BUGS: leaves memory that PAM
/// modules lose behind when it retires, not before.
@main
struct PosternWorker {
  static func main() {
    WorkerProgram.run {
      try Settings.load(try SettingsSource(arguments: Array(CommandLine.arguments.dropFirst())))
    }
  }
}
