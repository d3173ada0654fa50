import Logging
import Logs
import SystemCalls

/// How the supervisor's notices look in the log.
struct SupervisorLog {
  let logger: Logger

  func write(_ notice: SupervisorNotice) {
    let (level, line) = Self.line(notice)
    logger.log(level, line)
  }

  private static func line(_ notice: SupervisorNotice) -> (Logger.Level, LogLine) {
    switch notice {
    case .serving(let sockets):
      var line = LogLine("serving")
      for socket in sockets { line.add(.socket, socket) }
      return (.notice, line)
    case .stopping(let signal):
      var line = LogLine("stopping")
      line.add(.signal, signal)
      return (.notice, line)
    case .stopped: return (.notice, LogLine("stopped"))
    case .cannotStart(let program, let error):
      var line = LogLine("can't start a program; trying again")
      line.add(.process, program)
      line.add(.error, error.description)
      return (.error, line)
    case .childEnded(let program, let slot, let pid, let ending):
      var line = LogLine("a process ended and is replaced")
      line.add(.process, program)
      if let slot { line.add(.worker, slot) }
      line.add(.pid, pid)
      line.add(.status, ending)
      return (.warning, line)
    case .workerKilled(let slot, let pid):
      var line = LogLine("a worker is ended: it gave no answer in time, or one that can't be")
      line.add(.worker, slot)
      line.add(.pid, pid)
      return (.warning, line)
    case .killPutOff(let slot):
      var line = LogLine("postern-auth asks for too many workers' ends")
      line.add(.worker, slot)
      return (.error, line)
    case .reloading: return (.notice, LogLine("reloading"))
    case .reloaded: return (.notice, LogLine("reloaded"))
    case .reloadRefused(let reasons):
      var line = LogLine("the new configuration is refused, the old one stays")
      line.add(.reason, reasons.joined(separator: "; "))
      return (.error, line)
    case .needsRestart(let keys):
      var line = LogLine("needs a restart: a reload doesn't change these keys")
      for key in keys { line.add(.key, key) }
      return (.warning, line)
    case .warning(let text): return (.warning, LogLine(text))
    }
  }
}
