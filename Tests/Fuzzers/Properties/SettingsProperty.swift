import Settings

extension DecoderProperty {
  /// Any bytes are settings, or faults with messages that fit on a terminal; asked again, the same.
  package static let settings = DecoderProperty("Settings") { bytes in
    let reading = read(bytes)
    guard read(bytes) == reading else { return "read twice, two results" }
    switch reading {
    case .success: return nil
    case .failure(let faults):
      if faults.errors.isEmpty { return "refused without a reason" }
      let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
      return faults.errors.lazy.compactMap { misplaced($0, lines: lines) }.first
    }
  }

  private static func read(_ bytes: [UInt8]) -> Result<Settings, SettingsErrors> {
    do {
      return .success(try SettingsFile.decode(bytes, place: "postern.toml"))
    } catch {
      return .failure(error)
    }
  }

  /// A fault that names no line of the file.
  private static func misplaced(_ fault: SettingsError, lines: Int) -> String? {
    guard let line = fault.line else { return nil }
    return (1...lines).contains(line) ? nil : "\(fault) names a line that isn't there"
  }
}
