import CLinux
import Glibc
import Synchronization

/// What getopt makes of one piece of a command line.
enum ScannedOption: Equatable, Sendable {
  case option(Character, argument: String?)
  case unknown(Character)
  case argumentMissing(Character)

  /// All options of `arguments` (without the program's name), by glibc's own getopt; operands are passed over.
  static func scan(_ arguments: [String], letters: String) -> [ScannedOption] {
    // Copies of our own, since getopt moves the pointers about.
    let copies: [UnsafeMutablePointer<CChar>?] = (["saslauthd"] + arguments).map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    var argv = copies + [nil]
    return getoptInUse.withLock { _ in
      clinux_getopt_begin()
      var options: [ScannedOption] = []
      while true {
        // The colon in front tells a missing argument from an unknown letter.
        let next = clinux_getopt_next(Int32(copies.count), &argv, ":" + letters)
        if next.letter == -1 { return options }
        options.append(ScannedOption(next))
      }
    }
  }

  private init(_ option: clinux_option) {
    switch UInt8(truncatingIfNeeded: option.letter) {
    case UInt8(ascii: "?"): self = .unknown(Self.character(option.culprit))
    case UInt8(ascii: ":"): self = .argumentMissing(Self.character(option.culprit))
    default:
      self = .option(
        Self.character(option.letter), argument: option.argument.map { String(cString: $0) })
    }
  }

  private static func character(_ code: Int32) -> Character {
    Character(UnicodeScalar(UInt8(truncatingIfNeeded: code)))
  }
}

/// getopt keeps its place in global variables.
private let getoptInUse = Mutex(())
