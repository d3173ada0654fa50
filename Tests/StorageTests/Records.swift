import Policy

/// Keys and changes for the tests, by name.
enum Records {
  static func keys(_ name: String) -> GreylistKeys {
    GreylistKeys(triplet: TripletKey(bytes: Array(name.utf8)), client: ClientKey(bytes: Array(name.utf8)))
  }

  /// Keys of a sender who may be a correspondent, of the same name.
  static func answer(_ name: String) -> GreylistKeys {
    GreylistKeys(
      triplet: keys(name).triplet, client: keys(name).client,
      correspondence: CorrespondenceKey(bytes: Array(name.utf8)))
  }

  static func correspondence(_ name: String, last: Int64) -> GreylistWrites {
    GreylistWrites(
      correspondence: CorrespondenceWrite(key: CorrespondenceKey(bytes: Array(name.utf8)), last: last))
  }

  /// A triplet's change alone.
  static func triplet(_ name: String, first: Int64 = 0, last: Int64, isAwaited: Bool = false)
    -> GreylistWrites
  {
    GreylistWrites(
      triplet: TripletWrite(
        key: keys(name).triplet, record: TripletRecord(first: first, last: last), isAwaited: isAwaited))
  }

  /// Of whom nothing is known, it seems.
  static func stranger(_ name: String) -> Stranger {
    Stranger(keys(name), triplet(name, first: 9, last: 9, isAwaited: true), by: GreylistRules())
  }

  static func client(_ name: String, count: Int64, last: Int64) -> GreylistWrites {
    GreylistWrites(
      client: ClientWrite(
        key: ClientKey(bytes: Array(name.utf8)), record: ClientRecord(count: count, last: last)))
  }
}
