import MailTypes
import Settings

extension DNSListSettings {
  /// The zones of its sites, each with the item that names it, counted from 1.
  var zones: [(zone: DomainName, item: Int)] {
    sites.texts.enumerated().flatMap { index, text in
      text.split { $0 == "," || $0.isWhitespace }
        .compactMap { site in DomainName(String(site.prefix { $0 != "=" && $0 != "*" })) }
        .map { (zone: $0, item: index + 1) }
    }
  }
}
