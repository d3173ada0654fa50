import Glibc

/// Whether `path` names a regular file, links followed; false when nothing is there.
///
/// - Throws: what keeps us from knowing, such as EACCES.
package func isRegularFile(_ path: String) throws(SystemError) -> Bool {
  var status = stat()
  do {
    try retrying("stat \(path)") { stat(path, &status) }
  } catch {
    if error.code == ENOENT || error.code == ENOTDIR { return false }
    throw error
  }
  return status.st_mode & S_IFMT == S_IFREG
}
