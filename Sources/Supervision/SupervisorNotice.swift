import SystemCalls

/// What the supervisor has to tell the log.
enum SupervisorNotice {
  case serving(sockets: [String])
  case stopping(signal: String)
  case stopped
  /// A program could not be started; it is tried again.
  case cannotStart(program: String, SystemError)
  case childEnded(program: String, slot: Int?, pid: Int32, ending: String)
  /// A worker was ended because postern-auth asked for it.
  case workerKilled(slot: Int, pid: Int32)
  /// postern-auth asks for more kills than there can be reasons for: this one comes later.
  case killPutOff(slot: Int)
  case reloading
  case reloaded
  case reloadRefused(reasons: [String])
  /// Settings that a reload can't change.
  case needsRestart(keys: [String])
  /// Something that the administrator should mend, found at the start.
  case warning(String)
}
