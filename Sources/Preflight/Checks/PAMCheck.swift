import Credentials
import PAMStack
import Settings

/// Whether the PAM files of the allowed services are there and can do what they are for.
struct PAMCheck {
  let settings: Settings
  let host: Host

  var findings: [Finding] {
    let asking = settings.auth.services.filter { settings.auth.mechanisms(of: $0).contains(.pam) }
    let directory = PAMServiceDirectory(settings.auth.pamDirectory, includes: host.includedPAMFiles)
    let served = asking.filter(directory.serves)
    let missing = asking.filter { !served.contains($0) }
    let stacks = served.map { (service: $0, stack: directory.stack(of: $0)) }
    // Where a service does without PAM, not every login is lost.
    let isNothingServed = served.isEmpty && settings.auth.services.allSatisfy(asksPAM)
    return missing.map { Self.withoutFile($0, at: directory.path(of: $0)) }
      + (isNothingServed ? [nothingServed] : [])
      + stacks.flatMap { findings(in: $0.stack, of: directory.path(of: $0.service)) }
      + swallowedOutages(in: stacks)
      + rememberedCodes(in: stacks)
  }

  /// Whether the service's own mechanisms ask PAM, those of realms left out.
  private func asksPAM(_ service: ServiceName) -> Bool {
    (settings.auth.serviceSettings[service]?.mechanisms ?? settings.auth.mechanisms).contains(.pam)
  }

  private static func withoutFile(_ service: ServiceName, at path: String) -> Finding {
    .warning(
      "the service \(service) has no PAM file, its logins are refused",
      mend: "printf 'auth required pam_unix.so\\naccount required pam_unix.so\\n' > \(path)")
  }

  private var nothingServed: Finding {
    .error(
      "no allowed service has a file in \(settings.auth.pamDirectory), every login would be refused",
      mend: "install one of the files above, or name the service that your clients use in [auth] services")
  }

  private func findings(in stack: PAMServiceStack, of path: String) -> [Finding] {
    guard stack.faults.isEmpty else {
      return stack.faults.map { .error($0.description, mend: "correct the line, as pam.conf(5) says") }
    }
    return PAMPhase.asked.compactMap { unserved($0, in: stack, of: path) }
      + stack.missingModules(from: host.modules).map(missing)
  }

  /// For a phase without a line libpam goes to `other`.
  private func unserved(_ phase: PAMPhase, in stack: PAMServiceStack, of path: String) -> Finding? {
    guard !stack.hasLines(of: phase) else { return nil }
    let message = "\(path) has no \(phase) line, libpam would go by that of the service other"
    let mend = "add to it: \(phase) required pam_unix.so"
    return phase == .auth ? .error(message, mend: mend) : .warning(message, mend: mend)
  }

  private func missing(_ module: MissingModule) -> Finding {
    let message = "\(module.file):\(module.line): \(module.module) can't be opened"
    let mend = module.package.map { "apt install \($0)" } ?? "install the module, or remove the line"
    // Nobody asks for the other phases.
    return PAMPhase.asked.contains(module.phase)
      ? .error("\(message), libpam would fail every login", mend: mend) : .warning(message, mend: mend)
  }

  private func swallowedOutages(in stacks: [(service: ServiceName, stack: PAMServiceStack)]) -> [Finding] {
    stacks.flatMap { service, stack in
      stack.swallowedOutages.map { outage in
        .warning(
          """
          \(outage.file):\(outage.line): an outage of \(outage.module) is told to users of \(service) as a wrong \
          password (535) instead of "try later" (454)
          """,
          mend: "in \(settings.auth.pamDirectory)/\(service): \(outage.phase) required \(outage.module)")
      }
    }
  }

  private func rememberedCodes(in stacks: [(service: ServiceName, stack: PAMServiceStack)]) -> [Finding] {
    guard settings.auth.cache.lifetime > .zero else { return [] }
    let mend =
      switch settings.log.wording {
      case .postern: "lifetime = \"0\" in [auth.cache]"
      case .saslauthd, .postgrey: "start without -c"
      }
    return stacks.flatMap(\.stack.oneTimeCodes).map { code in
      .warning(
        """
        \(code.file):\(code.line): a code that \(code.module) takes once would be accepted again from the \
        credential cache
        """, mend: mend)
    }
  }
}
