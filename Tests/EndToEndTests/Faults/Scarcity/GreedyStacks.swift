/// PAM stacks of which one, for the service imap, takes more than there is.
enum GreedyStacks {
  /// Puts them there, beside the account.
  ///
  /// - Parameters:
  ///   - fault: what pam_fault does.
  ///   - module: its path.
  ///   - etc: where the stacks go.
  /// - Throws: when a file can't be written.
  static func add(_ fault: String, by module: String, to etc: PrivateEtc) throws {
    try WireAccount.add(to: etc)
    try etc.setStack(
      "auth required \(module) \(fault)\nauth required pam_permit.so\naccount required pam_permit.so\n",
      for: "imap")
  }
}
