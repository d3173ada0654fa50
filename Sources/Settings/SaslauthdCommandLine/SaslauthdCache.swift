/// saslauthd's flags about its credential cache.
struct SaslauthdCache {
  /// saslauthd's own file of 986 KB holds this many logins.
  private static let reference = (entries: 10_266, kilobytes: 986)

  /// `-c`.
  var isOn = false
  /// `-s`: the size of the file.
  var kilobytes: Int?
  /// `-t`.
  var seconds: Int?

  /// Without `-c` there is no cache, whatever the others say, as there; what isn't given is as postern.toml has it.
  var settings: CacheSettings {
    var settings = CacheSettings()
    if let seconds { settings.lifetime = .seconds(seconds) }
    if let entries { settings.entries = min(entries, CacheSettings.mostEntries) }
    if !isOn { settings.lifetime = .zero }
    return settings
  }

  /// What is said of a size that isn't had.
  var notice: String? {
    guard isOn, let kilobytes, let entries, entries > CacheSettings.mostEntries else { return nil }
    return "-s \(kilobytes): the cache holds \(CacheSettings.mostEntries) logins at most"
  }

  private var entries: Int? {
    kilobytes.map { max(1, $0 * Self.reference.entries / Self.reference.kilobytes) }
  }
}
