import Foundation

/// PAM modules for tests, by absolute path.
package enum PAMModules {
  /// Linux-PAM's own: every return code on demand, always yes, always no.
  package static let debug = "pam_debug.so"
  package static let permit = "pam_permit.so"
  package static let deny = "pam_deny.so"

  /// libpam-wrapper's.
  package static let matrix = wrapper("pam_matrix.so")
  package static let chatty = wrapper("pam_chatty.so")
  package static let setItems = wrapper("pam_set_items.so")

  /// Whether libpam-wrapper is installed.
  package static let hasWrapper = FileManager.default.fileExists(atPath: matrix)

  /// A module out of Tests/PAMModules, compiled when first asked for.
  ///
  /// - Parameter name: the source's name without `.c`.
  /// - Returns: the path of the module.
  /// - Throws: when there is no compiler.
  package static func own(_ name: String) throws -> String { try built.get() + "/\(name).so" }

  private static let built = Result { try build() }
  private static let directory = Result { try TemporaryDirectory() }

  private struct CompilerFailed: Error { let source: String }

  private static func build() throws -> String {
    let directory = try directory.get().path
    // Nothing else outlives the tests.
    atexit { try? FileManager.default.removeItem(atPath: PAMModules.directory.get().path) }
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("PAMModules")
    for source in try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil) {
      let module = source.deletingPathExtension().lastPathComponent + ".so"
      let compiler = try Process.run(
        URL(fileURLWithPath: "/usr/bin/env"),
        arguments: ["cc", "-shared", "-fPIC", "-O1", "-o", "\(directory)/\(module)", source.path, "-lpam"])
      compiler.waitUntilExit()
      guard compiler.terminationStatus == 0 else { throw CompilerFailed(source: source.path) }
    }
    return directory
  }

  private static func wrapper(_ name: String) -> String {
    #if arch(x86_64)
      let triplet = "x86_64-linux-gnu"
    #else
      let triplet = "aarch64-linux-gnu"
    #endif
    return "/usr/lib/\(triplet)/pam_wrapper/\(name)"
  }
}
