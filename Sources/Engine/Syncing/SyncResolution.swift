import ActionProtocol
import Decisions

/// Sees to it that what rows name is in the ledger before they are.
struct SyncResolution: Sendable {
  let context: EngineContext
  let org: OrgID
  let source: any SyncSource
  let wait: @Sendable () async throws -> Void

  /// What is stored: the rows, what they name and the ledger lacked, and what was left out because it
  /// names something that the source does not show.
  struct Answer: Sendable {
    var rows: [SyncedRow]
    var leftOut: [Int64: String] = [:]
    var requests = 0
  }

  func resolve(_ rows: [SyncedRow]) async throws -> Answer {
    var answer = Answer(rows: rows)
    var missing = SyncReferences()
    // A person's customer may be missing too.
    var news = rows
    for _ in 0..<2 {
      let absent = try await absent(news, among: answer.rows)
      if absent.ids.isEmpty { break }
      news = []
      for kind in SyncKind.allCases {
        guard let ids = absent.ids[kind] else { continue }
        missing.ids[kind, default: []].formUnion(ids)
        for part in ids.sorted().split(by: 500) {
          try await wait()
          answer.requests += 1
          news += try await source.records(kind, ids: part).rows
        }
      }
      answer.rows += news
    }
    guard !missing.ids.isEmpty else { return answer }
    for row in answer.rows { missing.ids[row.kind]?.remove(row.id) }
    let all = answer.rows
    answer.rows = []
    for row in all {
      if let kept = row.without(missing) {
        answer.rows.append(kept)
      } else {
        answer.leftOut[row.id] = "\(row.kind.rawValue)_incomplete"
      }
    }
    return answer
  }

  private func absent(
    _ rows: [SyncedRow], among known: [SyncedRow]
  ) async throws -> SyncReferences {
    var references = SyncReferences()
    for row in rows { row.references(&references) }
    for row in known { references.ids[row.kind]?.remove(row.id) }
    let wanted = references
    return try await context.store.read { [org] in try $0.absent(org, wanted) }
  }
}

extension SyncedRow {
  var kind: SyncKind {
    switch self {
    case .name(let kind, _): kind
    case .partner: .partners
    case .invoice: .invoices
    case .credit(let credit): credit.source == .credit ? .invoices : .payments
    case .deal: .deals
    case .task: .tasks
    case .message: .messages
    }
  }

  var id: Int64 {
    switch self {
    case .name(_, let row): row.id
    case .partner(let row): row.id
    case .invoice(let row): row.id
    case .credit(let row): row.id
    case .deal(let row): row.id
    case .task(let row): row.id
    case .message(let row): row.id
    }
  }

  func references(_ found: inout SyncReferences) {
    switch self {
    case .name: break
    case .partner(let row): found.need(.partners, row.parent)
    case .invoice(let row): found.need(.partners, row.partner)
    case .credit(let row): found.need(.partners, row.partner)
    case .deal(let row):
      found.need(.partners, row.partner)
      found.need(.dealStages, row.stage)
    case .task(let row):
      found.need(.partners, row.partner)
      found.need(.projects, row.project)
      found.need(.taskStages, row.stage)
    case .message(let row): found.need(.partners, row.author)
    }
  }

  /// The row as far as it can stand where some records are missing; nil where it cannot.
  func without(_ missing: SyncReferences) -> SyncedRow? {
    func lacks(_ kind: SyncKind, _ id: Int64?) -> Bool {
      id.map { missing.ids[kind]?.contains($0) == true } ?? false
    }
    switch self {
    case .name: return self
    case .partner(let row): return lacks(.partners, row.parent) ? nil : self
    case .invoice(let row): return lacks(.partners, row.partner) ? nil : self
    case .credit(let row): return lacks(.partners, row.partner) ? nil : self
    case .deal(var row):
      if lacks(.partners, row.partner) { row.partner = nil }
      return lacks(.dealStages, row.stage) ? nil : .deal(row)
    case .task(var row):
      if lacks(.partners, row.partner) { row.partner = nil }
      return lacks(.projects, row.project) || lacks(.taskStages, row.stage) ? nil : .task(row)
    case .message(var row):
      if lacks(.partners, row.author) { row.author = nil }
      return .message(row)
    }
  }
}

extension Array {
  /// Parts of at most `size` elements.
  func split(by size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
