/// What to do when the DNS can't say now whether a name exists: `reject_tempfail_action`.
package enum TempfailAction: String, Sendable, CaseIterable {
  /// 450, unless a later restriction refuses for good.
  case deferIfPermit = "defer_if_permit"
  /// 450 at once.
  case `defer`
}
