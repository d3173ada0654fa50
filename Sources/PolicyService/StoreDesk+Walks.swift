import Policy
import Storage

/// Walks through the store, page by page: between two pages the requests of clients are served.
extension StoreDesk {
  /// Records of one page.
  private static let page = 256

  /// Shows every triplet to `visit`.
  ///
  /// - Parameters:
  ///   - key: behind which the walk begins; nil for all of them.
  ///   - visit: gets a page at a time, and says whether to go on.
  ///   - done: called at the end, with what cut the walk short, if anything has.
  func walkTriplets(
    after key: TripletKey? = nil, visit: @escaping ([KnownTriplet]) -> Bool,
    done: @escaping (TripletStoreError?) -> Void
  ) {
    ask(.triplets(after: key, most: Self.page)) { [unowned self] outcome in
      guard case .triplets(let page) = outcome else { return done(Self.error(outcome)) }
      guard visit(page), page.count == Self.page, let last = page.last else { return done(nil) }
      walkTriplets(after: last.key, visit: visit, done: done)
    }
  }

  /// Shows every client to `visit`, likewise.
  func walkClients(
    after key: ClientKey? = nil, visit: @escaping ([KnownClient]) -> Bool,
    done: @escaping (TripletStoreError?) -> Void
  ) {
    ask(.clients(after: key, most: Self.page)) { [unowned self] outcome in
      guard case .clients(let page) = outcome else { return done(Self.error(outcome)) }
      guard visit(page), page.count == Self.page, let last = page.last else { return done(nil) }
      walkClients(after: last.key, visit: visit, done: done)
    }
  }

  /// What a store said that has not done what was asked.
  static func error(_ outcome: StoreAnswer.Outcome) -> TripletStoreError {
    guard case .failed(let error) = outcome else { preconditionFailure("an answer to another question") }
    return error
  }
}
