import Policy
import Settings

extension Settings {
  /// A fault of a restriction list, with its place in the configuration.
  func error(about fault: RestrictionFault, in lists: RestrictionLists) -> SettingsError {
    let candidates = fault.candidates(lists: lists.named.keys)
    return SettingsError(
      list: fault.list.text, item: fault.item, reason: "\(fault)", candidates: candidates, in: self)
  }

  /// What is wrong with a key's value.
  func error(about reason: String, key: String, line: Int? = nil) -> SettingsError {
    SettingsError(reason, key: key, line: line)
  }
}
