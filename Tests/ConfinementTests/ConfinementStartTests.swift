import CLinux
import Confinement
import Glibc
import TestKit
import Testing

/// Each in a process of its own: nothing here can be undone.
@Suite struct ConfinementStartTests {
  @Test func `Handlers of crash signals are taken back`() async {
    await #expect(processExitsWith: .success) {
      let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGQUIT]
      for number in crashes { signal(number) { _ in } }
      try Confinement.start(closingFrom: 900)
      for number in crashes {
        var action = sigaction()
        sigaction(number, nil, &action)
        guard action.__sigaction_handler.sa_handler == nil else { exit(EXIT_FAILURE) }
      }
    }
  }

  @Test func `A crash ends the process by its signal, and not in a report`() async {
    await #expect(processExitsWith: .signal(SIGILL)) {
      try Confinement.start(closingFrom: 900)
      raise(SIGILL)
    }
  }

  @Test func `Core files and readers of memory are kept off`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.start(closingFrom: 900)
      guard clinux_dumps_forbidden() == 1 else { exit(EXIT_FAILURE) }
    }
  }

  @Test func `Descriptors above the limit are closed, but for those that are kept`() async {
    await #expect(processExitsWith: .success) {
      for number in Int32(900)..<910 { dup2(STDERR_FILENO, number) }
      try Confinement.start(closingFrom: 901, keeping: [3, 903, 904, 908])
      let open = (Int32(900)..<910).filter { fcntl($0, F_GETFD) >= 0 }
      guard open == [900, 903, 904, 908] else { exit(EXIT_FAILURE) }
    }
  }
}
