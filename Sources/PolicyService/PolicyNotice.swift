import Policy
import Storage
import SystemCalls

/// What the policy service has to tell the log.
enum PolicyNotice {
  /// A line in postgrey's words.
  case greylist(GreylistLogLine)
  case whitelistFault(WhitelistFault)
  /// A whitelist that was named and isn't there, or can't be read.
  case whitelistUnreadable(path: String, reason: String)
  /// The whitelists as they are now are not taken: those from before stay.
  case whitelistsKept
  /// Changes of whitelists can't be seen: a reload takes them.
  case whitelistsUnwatched(SystemError)
  /// A connection was closed because its bytes are no request.
  case malformed(PolicyRequestDecoder.Fault)
  /// A user has as many connections as one may have.
  case tooMany(uid: UInt32)
  /// The system refused a descriptor: no connections are taken for the moment, or one was closed.
  case troubled(SystemError)
  /// The store can't do its work; so many requests were not greylisted since the start.
  case storeFailed(TripletStoreError, skipped: UInt64)
  case tookOver(PostgreyImportReport)
  case takeOverFailed(PostgreyImportError)
  case orderFailed(SystemError)
  case reloadFailed(String)
}
