import Policy
import Settings

extension Settings {
  /// A fault of a restriction list, with its place in the configuration.
  func error(about fault: RestrictionFault, in lists: RestrictionLists, source: SettingsSource)
    -> SettingsError
  {
    let candidates = fault.candidates(lists: lists.named.keys)
    var suggestion: String?
    if let name = fault.misspelled { suggestion = Spelling.nearest(to: name, among: candidates) }
    return error(
      inList: fault.list.text, item: fault.item, fault.message, suggestion: suggestion, source: source)
  }
}
