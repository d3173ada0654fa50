import MailTypes
import SystemCalls

/// The lists in the DNS that are known to be asked in vain: data that Postern brings along, in a file of the
/// administrator's.
struct KnownZones {
  /// A file of this size is none.
  static let largest = 1 << 20

  private var zones: [DomainName: KnownZone] = [:]
  /// What can't be read, with its line; the others hold.
  private(set) var faults: [(line: Int?, reason: String)] = []

  /// Reads the file at `path`; without one nothing is known.
  init(at path: String) {
    do throws(FileError) {
      self.init(try FileContents(of: path, limit: Self.largest).bytes)
    } catch {
      self.init([])
      if !error.isMissing { faults = [(nil, error.description)] }
    }
  }

  /// Reads lines of zone, state, since and instead; a `#` begins a comment.
  init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard !words.isEmpty else { continue }
      do throws(KnownZone.Fault) {
        let known = try KnownZone(words)
        if zones.updateValue(known, forKey: known.zone) != nil {
          faults.append((index + 1, "\(known.zone) is there twice"))
        }
      } catch {
        faults.append((index + 1, error.description))
      }
    }
  }

  /// What is known of a name: as a zone of its own, or as a part of one.
  func known(of name: DomainName) -> KnownZone? {
    var next: DomainName? = name
    while let zone = next {
      if let known = zones[zone] { return known }
      next = zone.parent
    }
    return nil
  }
}
