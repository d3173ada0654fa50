import CPCRE2
import Synchronization

/// The memory and the limits of a match; made once, since a match takes less time than making them.
///
/// Never more than one match uses it: the lock around `shared` sees to it.
struct MatchSpace: ~Copyable {
  /// The steps of one match: some 10 ms of an old machine.
  static let mostSteps: UInt32 = 100_000
  /// The nested groups and repetitions that a match may keep on the way.
  static let mostDepth: UInt32 = 5_000
  /// The most memory of one match, KiB.
  static let mostHeap: UInt32 = 1024

  static let shared = Mutex(MatchSpace())

  let data: OpaquePointer
  let context: OpaquePointer

  init() {
    // Only whether an expression matches is asked, never where: one pair of offsets is enough.
    guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil)
    else { preconditionFailure("no memory for a few hundred bytes") }
    pcre2_set_match_limit_8(context, Self.mostSteps)
    pcre2_set_depth_limit_8(context, Self.mostDepth)
    pcre2_set_heap_limit_8(context, Self.mostHeap)
    self.data = data
    self.context = context
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
  }
}
