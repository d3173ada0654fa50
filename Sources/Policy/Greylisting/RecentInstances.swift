/// The messages that got a header last: a message to several recipients gets one, not one a recipient.
package struct RecentInstances: Equatable, Sendable {
  /// postgrey's.
  package static let most = 10

  /// The newest first.
  private var instances: [ArraySlice<UInt8>] = []

  package init() {}

  /// Remembers `instance`.
  ///
  /// - Parameter instance: the attribute's value; nil when there is none (Exim), and then every request is a
  ///   message of its own.
  /// - Returns: whether it wasn't known.
  mutating func isNew(_ instance: ArraySlice<UInt8>?) -> Bool {
    guard let instance else { return true }
    if instances.contains(instance) { return false }
    // A copy, so that not the whole request is kept.
    instances.insert(Array(instance)[...], at: 0)
    if instances.count > Self.most { instances.removeLast() }
    return true
  }
}
