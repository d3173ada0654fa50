/// The directory that the file at an absolute path is in, by the path's text alone.
package func parentDirectory(of path: String) -> String {
  "/" + path.split(separator: "/").dropLast().joined(separator: "/")
}
