import Policy
import PolicySetup
import Storage
import SystemCalls

/// What the policy service has to tell the log.
enum PolicyNotice {
  /// A restriction list has decided.
  case decided(PolicyOutcome)
  /// A table that has changed can't be used: it stays as it was.
  case tableKept(TableReader.Trouble)
  /// A table can't be used: what needs it can't be decided.
  case tableMissing(TableReader.Trouble)
  /// Changes of tables can't be seen: a reload takes them.
  case tablesUnwatched(SystemError)
  /// The service ends to begin anew with other settings or tables.
  case renewing
  /// A line in postgrey's words.
  case greylist(GreylistLogLine)
  /// A line of a whitelist that is no rule, or a whitelist that was named and can't be read.
  case whitelist(WhitelistReading.Trouble)
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
  /// A list in the DNS can't be believed: its answers count no more.
  case zoneSetAside(String, ZoneTrouble)
  case zoneTakenBack(String)
  /// No name server answers: what needs the DNS is unknown.
  case nameServersSilent
  case nameServersAnswer
  case tookOver(PostgreyImportReport)
  case takeOverFailed(PostgreyImportError)
  case orderFailed(SystemError)
  case reloadFailed(String)
}
