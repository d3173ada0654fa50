import Glibc
import SystemCalls

/// postern.toml as it lies on the disk: whether it can be trusted, and what it says.
package enum SettingsFile {
  /// A configuration of this size is none.
  static let largest = 1 << 18

  /// Reads, judges and decodes the file at `path`.
  static func load(_ path: String) throws(SettingsErrors) -> Settings {
    let file: FileContents
    do {
      file = try FileContents(of: path, limit: largest)
    } catch {
      throw SettingsErrors([SettingsError(error.description, place: path)])
    }
    if let distrust = distrust(of: file, at: path, reader: geteuid()) {
      throw SettingsErrors([SettingsError(distrust, place: path)])
    }
    return try decode(file.bytes, place: lastComponent(of: path))
  }

  /// Decodes the bytes of a file, without looking at the file.
  ///
  /// - Parameters:
  ///   - bytes: TOML.
  ///   - place: the file's name for messages.
  /// - Returns: the defaults, and what the file says instead.
  /// - Throws: every error; of what is no TOML the first.
  package static func decode(_ bytes: [UInt8], place: String) throws(SettingsErrors) -> Settings {
    let document: TOMLDocument
    do {
      document = try TOMLDocument(bytes)
    } catch {
      let line = error.line > 0 ? error.line : nil
      throw SettingsErrors([SettingsError(error.reason, place: place, line: line)])
    }
    return try SettingsDecoder.decode(document, place: place)
  }

  /// Why the file may say what its administrator never wrote, and the mend; nil when all is well.
  static func distrust(of file: FileContents, at path: String, reader: UInt32) -> String? {
    if file.mode & S_IWOTH != 0 { return "everybody may write to it; mend: chmod o-w \(path)" }
    if reader == 0, file.owner != 0 { return "it does not belong to root; mend: chown root \(path)" }
    return nil
  }

  static func lastComponent(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
