package import Settings

/// The settings held against the host: what would keep logins from working is found before the first one.
package enum HostCheck {
  /// All findings, each with its mend; with an error among them the daemon does not start.
  ///
  /// - Parameters:
  ///   - settings: as loaded from `source`.
  ///   - source: what findings about the configuration name.
  ///   - host: what they are held against.
  /// - Returns: each once.
  package static func findings(
    for settings: Settings, from source: SettingsSource, on host: Host = Host()
  ) -> [Finding] {
    let logins =
      settings.hasLogins
      ? PAMCheck(settings: settings, host: host).findings
        + RightsCheck(settings: settings).findings
        + SocketCheck(settings: settings, host: host).findings : []
    let all =
      logins + ChrootCheck(settings: settings, host: host).findings
      + AccountCheck(settings: settings, host: host).findings
      + GreylistCheck(settings: settings, host: host).findings
      + PolicyCheck(settings: settings, source: source, host: host).findings
    var seen: Set<Finding> = []
    return all.filter { seen.insert($0).inserted }
  }
}
