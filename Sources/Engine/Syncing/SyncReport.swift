import ActionProtocol

/// What a synchronisation did to the records of a kind.
public struct SyncKindReport: Hashable, Sendable {
  public var kind: SyncKind
  /// Why nothing was read of it: a stable code.
  public var obstacle: String?
  /// All records were read, not only what changed.
  public var wasFull = false
  public var read = 0
  public var inserted = 0
  public var updated = 0
  public var unchanged = 0
  /// Marked as gone.
  public var gone = 0
  /// Whether the search for what is gone was left out, because the source showed nothing at all.
  public var isGoneDoubtful = false
  /// Records that could not be taken over, with the reason; of very many not all.
  public private(set) var leftOutIDs: [Int64: String] = [:]
  public var requests = 0
  /// Customers whose records are new or changed; beyond ``mostTouched`` not all.
  var touched: Set<PartnerID> = []
  static let mostTouched = 50

  public init(_ kind: SyncKind) { self.kind = kind }

  /// How many records could not be taken over, by reason.
  public var leftOut: [String: Int] {
    leftOutIDs.values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// Reasons are kept for so many records, that memory is constant.
  private static let mostLeftOut = 10_000

  mutating func leave(out ids: [Int64: String]) {
    for (id, reason) in ids where leftOutIDs[id] != nil || leftOutIDs.count < Self.mostLeftOut {
      leftOutIDs[id] = reason
    }
  }

  mutating func add(_ counts: SyncCounts) {
    inserted += counts.inserted
    updated += counts.updated
    unchanged += counts.unchanged
    if touched.count <= Self.mostTouched { touched.formUnion(counts.partners) }
  }
}

/// What a synchronisation did.
public struct SyncReport: Hashable, Sendable {
  public var kinds: [SyncKindReport] = []
  public var duration: Duration = .zero

  public init() {}

  /// In numbers, for the job's history.
  public var json: JSONObject {
    func sum(_ part: (SyncKindReport) -> Int) -> JSONValue {
      .integer(Int64(kinds.map(part).reduce(0, +)))
    }
    return [
      "read": sum(\.read), "inserted": sum(\.inserted), "updated": sum(\.updated),
      "gone": sum(\.gone), "left_out": sum { $0.leftOut.values.reduce(0, +) },
      "requests": sum(\.requests), "obstacles": sum { $0.obstacle == nil ? 0 : 1 },
    ]
  }
}

/// How far a synchronisation is.
public struct SyncProgress: Hashable, Sendable {
  public var kind: SyncKind
  public var isFull: Bool
  /// Records of this kind that were read so far.
  public var read: Int

  public init(kind: SyncKind, isFull: Bool, read: Int) {
    self.kind = kind
    self.isFull = isFull
    self.read = read
  }
}
