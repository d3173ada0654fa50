import Glibc
import Testing

/// Everything that needs the whole program: real daemons, real clients, the system's own accounts.
///
/// One at a time, since each starts a mail system; its suites stand in files of their own.
@Suite(.serialized, .enabled(if: geteuid() == 0, "a private Postfix needs root"), .accounts)
struct EndToEnd {}
