/// What an smtpd server sees as the root of the file system.
package enum ServerRoot: Hashable, Sendable {
  case host
  /// It is chrooted.
  case queueDirectory
}
