package import Settings

/// The settings held against the host: what would keep logins from working is found before the first one.
package enum HostCheck {
  /// All findings, each with its mend; with an error among them the daemon does not start.
  package static func findings(for settings: Settings, on host: Host = Host()) -> [Finding] {
    let logins =
      settings.hasLogins
      ? PAMCheck(settings: settings, host: host).findings
        + RightsCheck(settings: settings).findings
        + SocketCheck(settings: settings, host: host).findings
        + ChrootCheck(settings: settings, host: host).findings : []
    let all =
      logins + AccountCheck(settings: settings, host: host).findings
      + GreylistCheck(settings: settings, host: host).findings
    var seen: Set<Finding> = []
    return all.filter { seen.insert($0).inserted }
  }
}
