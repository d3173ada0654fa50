import Glibc
import Manual

/// postern-manual: writes a page of the manual to standard output, for `make man`; it is not installed.
///
/// With a page's name and a date: that page in mdoc. With nothing: the names of all pages.
@main
struct PosternManual {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let name = arguments.first, let date = arguments.dropFirst().first else {
      return print(ManualPage.all.map(\.fileName).joined(separator: "\n"))
    }
    guard let page = ManualPage.all.first(where: { $0.fileName == name }) else { exit(EXIT_FAILURE) }
    print(page.mdoc(date: date), terminator: "")
  }
}
