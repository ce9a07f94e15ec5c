import ActionProtocol
import Decisions

/// An entry with its parts read from the bytes that are hashed.
public struct AuditLine: Hashable, Sendable {
  public var record: AuditRecord
  public var leaf: JSONObject

  public var kind: String { leaf["kind"]?.stringValue ?? "" }
  public var actor: String { leaf["actor"]?.stringValue ?? "" }
  public var via: String { leaf["via"]?.stringValue ?? "" }
  public var subject: String { leaf["on"]?.stringValue ?? "" }

  init(_ record: AuditRecord) {
    self.record = record
    if case .success(.object(let leaf)) = JSONReader.read(record.leaf) {
      self.leaf = leaf
    } else {
      leaf = [:]
    }
  }

  /// `reason quiet_hours, until 2026-…`; empty where nothing was decided.
  public var decided: String {
    (leaf["decision"]?.objectValue ?? [:]).compactMap { key, value in
      value.isNull ? nil : "\(key) \(value.stringValue ?? CanonicalJSON.text(value))"
    }.joined(separator: ", ")
  }

  public var json: JSONValue {
    [
      "sequence": .integer(record.sequence), "at": .string(record.at.rfc3339),
      "hash": .string(record.hash.hex), "entry": .object(leaf),
    ]
  }
}

/// Entries that a filter lets through, the latest first.
public struct AuditPage: Hashable, Sendable {
  public var lines: [AuditLine]
  /// The number before which the search goes on; nil: it came to its end.
  public var next: Int64?
  /// How many entries were looked through.
  public var examined: Int
}

/// How people search the audit log; changes nothing, and shows no personal data.
public struct AuditSearch: Sendable {
  /// So many entries are looked through for one page; the page says where it goes on.
  public static let mostExamined = 5000

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  public func page(_ org: OrgID, _ filter: AuditFilter) async throws -> AuditPage {
    try await context.store.read { store in
      guard var numbers = try store.auditNumbers(org, from: filter.from, to: filter.to) else {
        return AuditPage(lines: [], next: nil, examined: 0)
      }
      if let before = filter.before {
        guard before > numbers.lowerBound else {
          return AuditPage(lines: [], next: nil, examined: 0)
        }
        numbers = numbers.lowerBound...min(numbers.upperBound, before - 1)
      }
      let isNarrow = filter.actor != nil || filter.kind != nil
      let wanted = isNarrow ? Self.mostExamined : min(filter.limit + 1, Self.mostExamined)
      let found = try store.audit(org, action: filter.action, in: numbers, limit: wanted)
      return Self.page(found, filter, wasFull: found.count == wanted)
    }
  }

  private static func page(
    _ found: [AuditRecord], _ filter: AuditFilter, wasFull: Bool
  ) -> AuditPage {
    var page = AuditPage(lines: [], next: nil, examined: 0)
    for record in found {
      guard page.lines.count < filter.limit else {
        page.next = page.lines.last?.record.sequence
        return page
      }
      page.examined += 1
      let line = AuditLine(record)
      if filter.lets(line) { page.lines.append(line) }
    }
    if wasFull { page.next = found.last?.sequence }
    return page
  }
}

extension AuditFilter {
  fileprivate func lets(_ line: AuditLine) -> Bool {
    (from.map { $0 <= line.record.at } ?? true) && (to.map { line.record.at < $0 } ?? true)
      && (actor.map { $0 == line.actor } ?? true)
      && (kind.map { line.kind == $0 || line.kind.hasPrefix($0 + ".") } ?? true)
  }
}
