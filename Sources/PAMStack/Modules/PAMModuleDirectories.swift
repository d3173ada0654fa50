import Glibc
import SystemCalls

/// Where libpam looks for modules that are named without a directory.
package struct PAMModuleDirectories: Sendable {
  private let paths: [String]

  package init(_ paths: [String]) { self.paths = paths }

  /// Those of Debian, then those of other distributions.
  package static let system = PAMModuleDirectories(
    ["/lib/\(triplet)", "/usr/lib/\(triplet)", "/lib", "/lib64", "/usr/lib64", "/usr/lib"]
      .map { "\($0)/security" })

  /// Whether the module can be opened.
  package func contain(_ module: String) -> Bool {
    let candidates = module.hasPrefix("/") ? [module] : paths.map { "\($0)/\(module)" }
    return candidates.contains { access($0, R_OK) == 0 }
  }

  #if arch(x86_64)
    private static let triplet = "x86_64-linux-gnu"
  #elseif arch(arm64)
    private static let triplet = "aarch64-linux-gnu"
  #elseif arch(arm)
    private static let triplet = "arm-linux-gnueabihf"
  #elseif arch(i386)
    private static let triplet = "i386-linux-gnu"
  #elseif arch(powerpc64le)
    private static let triplet = "powerpc64le-linux-gnu"
  #elseif arch(riscv64)
    private static let triplet = "riscv64-linux-gnu"
  #elseif arch(s390x)
    private static let triplet = "s390x-linux-gnu"
  #endif
}

/// A line that names a module which isn't there.
package struct MissingModule: Equatable, Sendable {
  package let file: String
  package let line: Int
  package let module: String
  package let phase: PAMPhase

  /// The Debian package that brings it, where we know it.
  package var package: String? { Self.packages[name] }

  /// The file's name without the directory.
  private var name: String { module.split(separator: "/").last.map(String.init) ?? module }

  private static let packages = [
    "pam_cap.so": "libpam-cap",
    "pam_duo.so": "libpam-duo",
    "pam_google_authenticator.so": "libpam-google-authenticator",
    "pam_krb5.so": "libpam-krb5",
    "pam_ldap.so": "libpam-ldapd",
    "pam_mysql.so": "libpam-mysql",
    "pam_oath.so": "libpam-oath",
    "pam_pgsql.so": "libpam-pgsql",
    "pam_pwdfile.so": "libpam-pwdfile",
    "pam_pwquality.so": "libpam-pwquality",
    "pam_radius_auth.so": "libpam-radius-auth",
    "pam_sss.so": "libpam-sss",
    "pam_systemd.so": "libpam-systemd",
    "pam_tacplus.so": "libpam-tacplus",
    "pam_winbind.so": "libpam-winbind",
  ]
}

extension PAMServiceStack {
  /// The modules that libpam would not find, each line once.
  ///
  /// A line with `-` in front says itself that its module may be missing.
  package func missingModules(from directories: PAMModuleDirectories) -> [MissingModule] {
    PAMPhase.allCases.flatMap { phase in
      steps[phase, default: []].compactMap { step in
        guard case .module(let line) = step.kind, !line.mayBeMissing, !directories.contain(line.module)
        else { return nil }
        return MissingModule(file: step.file, line: step.line, module: line.module, phase: phase)
      }
    }
  }
}
