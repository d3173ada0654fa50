import Policy

/// What an operator asks for: rarely, so that these statements are compiled each time.
extension TripletTables {
  func triplets(after key: TripletKey?, most: Int) throws(SQLiteError) -> [KnownTriplet] {
    let page = try page(of: "key, first, last FROM triplet", after: key?.bytes, most)
    var triplets: [KnownTriplet] = []
    while try page.step() {
      triplets.append(
        KnownTriplet(
          key: TripletKey(bytes: page.bytes(at: 0)),
          record: TripletRecord(first: page.integer(at: 1) ?? 0, last: page.integer(at: 2) ?? 0)))
    }
    return triplets
  }

  func clients(after key: ClientKey?, most: Int) throws(SQLiteError) -> [KnownClient] {
    let page = try page(of: "key, count, last FROM client", after: key?.bytes, most)
    var clients: [KnownClient] = []
    while try page.step() {
      clients.append(
        KnownClient(
          key: ClientKey(bytes: page.bytes(at: 0)),
          record: ClientRecord(count: page.integer(at: 1) ?? 0, last: page.integer(at: 2) ?? 0)))
    }
    return clients
  }

  private func page(
    of columns: String, after key: [UInt8]?, _ most: Int
  ) throws(SQLiteError) -> Statement {
    let page = try database.prepare("SELECT \(columns) WHERE key > ?1 ORDER BY key LIMIT ?2")
    // Every blob comes after every number, the empty one too.
    if let key { try page.bind(key, at: 1) } else { try page.bind(0, at: 1) }
    try page.bind(Int64(most), at: 2)
    return page
  }

  func awaitedSenders() throws(SQLiteError) -> AwaitedSenders {
    let rows = try database.prepare(
      "SELECT sender, recipient, until FROM awaited ORDER BY rowid LIMIT \(AwaitedSenders.most)")
    var senders: [AwaitedSender] = []
    while try rows.step() {
      let recipient = rows.isNull(at: 1) ? nil : rows.bytes(at: 1)
      let sender = AwaitedSender(
        sender: rows.bytes(at: 0), recipient: recipient, until: rows.integer(at: 2) ?? 0)
      if let sender { senders.append(sender) }
    }
    return AwaitedSenders(senders)
  }
}

// MARK: Changes, inside a transaction

extension TripletTables {
  /// - Returns: how many of them there were.
  func forget(_ keys: [TripletKey]) throws(SQLiteError) -> Int {
    try drop(keys.map(\.bytes), from: "triplet")
  }

  /// - Returns: how many of them there were.
  func forget(_ keys: [ClientKey]) throws(SQLiteError) -> Int {
    try drop(keys.map(\.bytes), from: "client")
  }

  /// Forgets what is known of pools under keys that begin so.
  ///
  /// - Returns: how much of it there was.
  func forget(_ prefixes: [PoolPrefix]) throws(SQLiteError) -> Int {
    let drop = try database.prepare("DELETE FROM pool WHERE key >= ?1 AND key < ?2")
    var dropped = 0
    for prefix in prefixes {
      // The last byte is a line's end: with the byte after it in its place it comes behind all keys that begin so.
      try drop.bind(prefix.bytes, at: 1)
      try drop.bind(Array(prefix.bytes.dropLast()) + [UInt8(ascii: "\n") + 1], at: 2)
      try drop.run()
      dropped += database.changes
    }
    return dropped
  }

  /// Puts all that is awaited in the place of what was.
  func put(_ awaited: AwaitedSenders) throws(SQLiteError) {
    try database.run("DELETE FROM awaited")
    let put = try database.prepare("INSERT INTO awaited VALUES (?1, ?2, ?3)")
    for sender in awaited.all {
      try put.bind(sender.sender, at: 1)
      if let recipient = sender.recipient { try put.bind(recipient, at: 2) } else { try put.bindNull(at: 2) }
      try put.bind(sender.until, at: 3)
      try put.run()
    }
  }

  private func drop(_ keys: [[UInt8]], from table: String) throws(SQLiteError) -> Int {
    let drop = try database.prepare("DELETE FROM \(table) WHERE key = ?1")
    var dropped = 0
    for key in keys {
      try drop.bind(key, at: 1)
      try drop.run()
      dropped += database.changes
    }
    return dropped
  }
}
