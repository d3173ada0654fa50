import ArgumentParser
import OperatorTool

/// postern: the operator's tool, which asks the daemon over its control socket or reads the configuration.
///
/// SECURITY: runs with the caller's rights; sees no password. DIAGNOSTICS: exit codes 0, 1 (the answer is no),
/// 64 (usage), 69 (no daemon), 78 (configuration). BUGS: `check` doesn't see access lists (acl(5)) on directories.
@main
struct Postern {
  static func main() { PosternCommand.main() }
}
