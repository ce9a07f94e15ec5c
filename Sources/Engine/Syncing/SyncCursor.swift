import ActionProtocol

/// How far the records of a kind have been taken over.
///
/// Sources order their records by the instant of the last change, of which they tell whole seconds, and
/// by id. A page that begins at an instant takes in that whole second again; where one second holds
/// more records than a page, its records are gone through by id.
public struct SyncCursor: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// All records, by id, after this one.
    case all(after: Int64)
    /// What changed at or after this second, by second and id.
    case changes(since: Int64)
    /// What changed within this second, by id, after this one.
    case second(Int64, after: Int64)
  }

  /// A transaction at the source bears the time of its beginning and is seen at its end; so far back
  /// every reading looks once more.
  public static let overlap: Int64 = 300

  public var place: Place
  /// The second of the latest change that was seen.
  public var newest: Int64
  /// What decides which records are taken over, and how; where it changes, all are read again.
  public var basis: String
  /// When ``newest`` last moved, by our clock.
  public var movedAt: Instant
  /// True once the time around ``newest`` was read again after the overlap's time: nothing of then can
  /// come to light any more.
  public var isSettled: Bool
  /// When the last reading that came to its end began; nil: none did.
  public var confirmedAt: Instant?
  /// When it was last looked for what is gone.
  public var checkedAt: Instant?
  /// Rises with each stored page: two readers never go on from the same one.
  public var version: Int64

  public init(
    place: Place = .all(after: 0), newest: Int64 = 0, basis: String, movedAt: Instant,
    isSettled: Bool = false, confirmedAt: Instant? = nil, checkedAt: Instant? = nil,
    version: Int64 = 0
  ) {
    self.place = place
    self.newest = newest
    self.basis = basis
    self.movedAt = movedAt
    self.isSettled = isSettled
    self.confirmedAt = confirmedAt
    self.checkedAt = checkedAt
    self.version = version
  }

  /// Whether all records are being read.
  public var isReadingAll: Bool {
    if case .all = place { return true }
    return false
  }

  /// Goes to where a new reading begins. One of all records that was cut off goes on where it was; one of
  /// changes first looks for what came late.
  public mutating func begin() {
    if !isReadingAll { place = startOfChanges }
  }

  private var startOfChanges: Place {
    .changes(since: isSettled ? newest + 1 : max(0, newest - Self.overlap))
  }

  /// Moves past a page.
  /// - Parameters:
  ///   - page: what it held.
  ///   - limit: how many records were asked for.
  ///   - began: when this reading began.
  ///   - now: of our clock, like `began`.
  /// - Returns: whether it was the reading's last one. All records are followed by what changed
  ///   meanwhile.
  public mutating func advance(
    past page: SyncExtent, limit: Int, began: Instant, now: Instant
  ) -> Bool {
    let isShort = page.count < limit
    switch place {
    case .all(let after):
      place = isShort ? startOfChanges : .all(after: max(after, page.lastID ?? after))
      return false
    case .changes(let since):
      let end = max(since, page.lastChange ?? since)
      see(page, now)
      if isShort {
        place = .changes(since: newest)
        isSettled = began > movedAt.advanced(by: .seconds(Self.overlap))
        return true
      }
      place = end > since ? .changes(since: end) : .second(since, after: 0)
      return false
    case .second(let second, let after):
      see(page, now)
      place =
        isShort
        ? .changes(since: second + 1) : .second(second, after: max(after, page.lastID ?? after))
      return false
    }
  }

  private mutating func see(_ page: SyncExtent, _ now: Instant) {
    guard let last = page.lastChange, last > newest else { return }
    (newest, movedAt, isSettled) = (last, now, false)
  }
}

/// What a page of records held.
public struct SyncExtent: Hashable, Sendable {
  /// How many records the source gave, also those that were left out.
  public var count: Int
  /// The highest id.
  public var lastID: Int64?
  /// The second of the last change, since 1970.
  public var lastChange: Int64?

  public init(count: Int, lastID: Int64? = nil, lastChange: Int64? = nil) {
    self.count = count
    self.lastID = lastID
    self.lastChange = lastChange
  }
}
