import ActionProtocol
import Engine
import Synchronization

/// A source of records for tests: keeps records with the time of their last change in microseconds and
/// answers as Odoo does, in whole seconds.
public final class ScriptedSource: SyncSource, SyncSources {
  public struct Entry: Sendable {
    public var row: SyncedRow
    /// Since 1970.
    public var changedAt: Int64
    /// Shown to readers; a transaction under way is not.
    public var isVisible = true

    /// In whole seconds.
    var second: Int64 { changedAt / 1_000_000 }
  }

  struct State {
    var entries: [SyncKind: [Int64: Entry]] = [:]
    var requests: [SyncRequest] = []
    var failures: [Int: any Error] = [:]
    var basis = "1"
    var obstacles: [SyncKind: String] = [:]
    var beforePage: (@Sendable (SyncRequest) -> Void)?
    var isOdoo = true
    var newest: [SyncKind: Int64] = [:]
    var merges: [Int64: Set<Int64>] = [:]
  }

  private let state = Mutex(State())

  public init() {}

  // MARK: - The script

  public func put(_ row: SyncedRow, at second: Int64, micros: Int64 = 0, isVisible: Bool = true) {
    state.withLock {
      $0.entries[kind(row), default: [:]][id(row)] = Entry(
        row: row, changedAt: second * 1_000_000 + micros, isVisible: isVisible)
    }
  }

  public func show(_ kind: SyncKind, _ id: Int64) {
    state.withLock { $0.entries[kind]?[id]?.isVisible = true }
  }

  public func delete(_ kind: SyncKind, _ id: Int64) {
    state.withLock { $0.entries[kind]?[id] = nil }
  }

  public func deleteAll(_ kind: SyncKind) { state.withLock { $0.entries[kind] = [:] } }

  /// Fails the n-th page request from now on, counted from 0 over all kinds.
  public func fail(page: Int, with error: any Error) {
    state.withLock { $0.failures[$0.requests.count + page] = error }
  }

  public func setBasis(_ basis: String) { state.withLock { $0.basis = basis } }
  public func setObstacle(_ kind: SyncKind, _ code: String?) {
    state.withLock { $0.obstacles[kind] = code }
  }
  public func beforePage(_ body: (@Sendable (SyncRequest) -> Void)?) {
    state.withLock { $0.beforePage = body }
  }
  /// The second of the latest change of records that nobody wants.
  public func setNewest(_ kind: SyncKind, _ second: Int64) {
    state.withLock { $0.newest[kind] = second }
  }
  /// A note on `heir` says that it was merged with a partner.
  public func note(_ partner: Int64, mergedInto heir: Int64) {
    state.withLock { _ = $0.merges[partner, default: []].insert(heir) }
  }
  public func setIsOdoo(_ isOdoo: Bool) { state.withLock { $0.isOdoo = isOdoo } }

  public var requests: [SyncRequest] { state.withLock { $0.requests } }

  // MARK: - The source

  public func source(
    _ organisation: Organisation, _ settings: SyncSettings
  ) async throws -> (any SyncSource)? { state.withLock { $0.isOdoo } ? self : nil }

  public func obstacle(to kind: SyncKind) async throws -> String? {
    state.withLock { $0.obstacles[kind] }
  }

  public func basis(of kind: SyncKind) async throws -> String { state.withLock { $0.basis } }

  public func newestChange(of kind: SyncKind) async throws -> Int64? {
    visible(kind).map(\.second).max() ?? state.withLock { $0.newest[kind] }
  }

  public func page(_ request: SyncRequest) async throws -> SyncPage {
    let (hook, failure) = state.withLock { state in
      defer { state.requests.append(request) }
      return (state.beforePage, state.failures[state.requests.count])
    }
    hook?(request)
    if let failure { throw failure }
    let all = visible(request.kind)
    let found: [Entry]
    switch request.place {
    case .all(let after): found = all.filter { id($0.row) > after }.sorted(by: byID)
    case .changes(let since):
      found = all.filter { $0.changedAt >= since * 1_000_000 }.sorted {
        ($0.changedAt, id($0.row)) < ($1.changedAt, id($1.row))
      }
    case .second(let second, let after):
      found = all.filter { $0.second == second && id($0.row) > after }.sorted(by: byID)
    }
    return page(Array(found.prefix(request.limit)))
  }

  public func records(_ kind: SyncKind, ids: [Int64]) async throws -> SyncPage {
    page(visible(kind).filter { ids.contains(id($0.row)) }.sorted(by: byID))
  }

  public func ids(_ kind: SyncKind, after: Int64, limit: Int) async throws -> [Int64] {
    Array(visible(kind).map { id($0.row) }.filter { $0 > after }.sorted().prefix(limit))
  }

  public func merges(of partners: [Int64]) async throws -> [Int64: Set<Int64>] {
    state.withLock { $0.merges.filter { partners.contains($0.key) } }
  }

  public func close() async {}

  // MARK: -

  private func visible(_ kind: SyncKind) -> [Entry] {
    state.withLock { ($0.entries[kind] ?? [:]).values.filter(\.isVisible) }
  }

  private func page(_ entries: [Entry]) -> SyncPage {
    SyncPage(
      rows: entries.map(\.row),
      extent: SyncExtent(
        count: entries.count, lastID: entries.map { id($0.row) }.max(),
        lastChange: entries.map(\.second).max()))
  }

  private func byID(_ left: Entry, _ right: Entry) -> Bool { id(left.row) < id(right.row) }

  private func kind(_ row: SyncedRow) -> SyncKind {
    switch row {
    case .name(let kind, _): kind
    case .partner: .partners
    case .invoice: .invoices
    case .credit(let credit): credit.source == .credit ? .invoices : .payments
    case .deal: .deals
    case .task: .tasks
    case .message: .messages
    }
  }

  private func id(_ row: SyncedRow) -> Int64 {
    switch row {
    case .name(_, let row): row.id
    case .partner(let row): row.id
    case .invoice(let row): row.id
    case .credit(let row): row.id
    case .deal(let row): row.id
    case .task(let row): row.id
    case .message(let row): row.id
    }
  }
}
