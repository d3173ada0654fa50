import Credentials
import Glibc
import SystemCalls

/// saslauthd's flags, taken one after the other: the first one that can't be is answered at once.
struct SaslauthdFlags {
  static let letters = "a:cdfhO:lm:n:rs:t:vV"

  /// How many workers `-n 0` gives, where saslauthd has a process for every connection, without limit.
  static let workersForEachRequest = 16

  private let program: String
  private var mechanism: String?
  private var mechanismOption: String?
  private var runDirectory = "/var/run/saslauthd"
  private var processes: Int32 = 5
  private var cache = SaslauthdCache()
  private var settings = Settings()
  private var terminal = SaslauthdInvocation.Terminal.leave

  init(program: String) { self.program = program }

  mutating func apply(_ option: ScannedOption) throws(SaslauthdAnswer) {
    switch option {
    case .unknown(let letter):
      throw .usage(after: "\(program): invalid option -- '\(letter)'\n")
    case .argumentMissing(let letter):
      throw .usage(after: "\(program): option requires an argument -- '\(letter)'\n")
    case .option(let letter, let argument?):
      try apply(letter, argument)
    case .option(let letter, nil):
      try apply(letter)
    }
  }

  private mutating func apply(_ letter: Character) throws(SaslauthdAnswer) {
    switch letter {
    case "c": cache.isOn = true
    case "d":
      terminal = .stay
      settings.log.level = .debug
    case "f": terminal = .stay
    case "h": throw .usage()
    // Only one process accepts: there is nothing to lock.
    case "l": break
    case "r": settings.auth.appendRealm = true
    case "v": throw .version
    case "V": settings.log.level = .debug
    default: preconditionFailure("getopt knows no -\(letter)")
    }
  }

  private mutating func apply(_ letter: Character, _ argument: String) throws(SaslauthdAnswer) {
    switch letter {
    case "a":
      guard mechanism == nil else { throw .usage() }
      mechanism = argument
    case "m": try setRunDirectory(argument)
    case "n": try setProcesses(argument)
    case "O": mechanismOption = argument
    case "s":
      guard atoi(argument) > 0 else { throw .refusal("cache size must be positive and non zero") }
      cache.kilobytes = Int(atoi(argument))
    case "t":
      guard atoi(argument) > 0 else { throw .refusal("cache timeout must be positive") }
      cache.seconds = Int(atoi(argument))
    default: preconditionFailure("getopt knows no -\(letter) with an argument")
    }
  }

  private mutating func setRunDirectory(_ path: String) throws(SaslauthdAnswer) {
    guard path.hasPrefix("/") else { throw .refusal("-m requires an absolute pathname") }
    let longest = UnixSocket.longestPath - "/mux".utf8.count
    guard path.utf8.count <= longest else {
      throw .refusal("-m: the pathname is longer than \(longest) bytes: no socket's name fits")
    }
    runDirectory = path
  }

  private mutating func setProcesses(_ text: String) throws(SaslauthdAnswer) {
    // As there: what is no number is 0.
    processes = atoi(text)
    guard processes >= 0 else { throw .refusal("invalid number of worker processes defined") }
    guard processes <= AuthSettings.mostWorkers else {
      throw .refusal(
        "invalid number of worker processes defined: -n \(processes), at most \(AuthSettings.mostWorkers)")
    }
  }
}

// MARK: The invocation

extension SaslauthdFlags {
  /// What all flags together mean.
  func invocation() throws(SaslauthdAnswer) -> SaslauthdInvocation {
    let mechanism = try chosenMechanism()
    var settings = settings
    settings.auth.mechanisms = [mechanism]
    settings.auth.listen = ["\(runDirectory)/mux"]
    settings.auth.mode = 0o777
    settings.auth.group = ""
    settings.auth.cache = cache.settings
    if processes == 0 {
      settings.auth.workers = Self.workersForEachRequest
      settings.auth.checksPerWorker = 1
    } else {
      settings.auth.workers = Int(processes)
    }
    settings.control.directory = runDirectory
    settings.log.target = terminal == .leave ? .syslog : .stderr
    settings.log.wording = .saslauthd
    return SaslauthdInvocation(
      settings: settings, terminal: terminal, runDirectory: runDirectory, notices: notices(for: mechanism))
  }

  private func chosenMechanism() throws(SaslauthdAnswer) -> MechanismName {
    guard let mechanism else { throw .usage(logged: ["no authentication mechanism specified"]) }
    guard let known = MechanismName(rawValue: mechanism.lowercased()) else {
      throw .refusal("unknown authentication mechanism: \(mechanism)")
    }
    return known
  }

  private func notices(for mechanism: MechanismName) -> [String] {
    // As there: a leftover of another mechanism doesn't keep the daemon from starting.
    let option = mechanismOption.map { _ in "-O: the mechanism \(mechanism.rawValue) takes no option" }
    return [cache.notice, option].compactMap(\.self)
  }
}
