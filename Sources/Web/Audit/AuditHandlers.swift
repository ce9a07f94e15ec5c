import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// The audit log, for a browser.
struct AuditPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let frame = try await desk.frame(request).frame
    let query = QueryValues(request.query)
    let filter = try AuditFilter(query, frame.organisation, limit: 50)
    let page = try await AuditSearch(desk.engine).page(frame.org, filter)
    return .page(
      AuditPages.list(frame, page, AuditPages.asked(query), before: query.text("before")))
  }
}

/// The entries that a filter lets through as a file: CSV, or JSON.
struct AuditExportHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  /// Entries of one file; `next` and the field AIOM-Next say where the following one begins.
  private static let most = 5000

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    let format = try query.value("format", "csv or json") { AuditFile(rawValue: $0) } ?? .csv
    let organisation = try await engine.store.read { try $0.organisation(org) }
    guard let organisation else { throw Problem.orgNeeded }
    let filter = try AuditFilter(query, organisation, limit: Self.most)
    let page = try await AuditSearch(engine).page(org, filter)
    var answer = format.answer(page)
    answer.fields[.contentDisposition] =
      "attachment; filename=\"audit-\(org.rawValue).\(format.rawValue)\""
    if let next = page.next { answer.fields[.aiomNext] = String(next) }
    return answer
  }
}

/// The same for programs.
struct AuditHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    let organisation = try await engine.store.read { try $0.organisation(org) }
    guard let organisation else { throw Problem.orgNeeded }
    let filter = try AuditFilter(
      query, organisation, limit: try query.number("limit", 50, 1...1000))
    return AuditFile.json.answer(try await AuditSearch(engine).page(org, filter))
  }
}

extension HTTPField.Name {
  /// Where the next part of an export begins.
  static let aiomNext = HTTPField.Name("AIOM-Next") ?? .accept
}

extension AuditFilter {
  /// Days are those of the org's clock, both included.
  init(_ query: QueryValues, _ organisation: Organisation, limit: Int) throws(Problem) {
    func day(_ name: String, _ further: Int) throws(Problem) -> Instant? {
      try query.value(name, "a day such as 2026-03-04, or an instant (RFC 3339)") { text in
        if let instant = Instant(rfc3339: text) { return instant }
        return LocalDate(iso: text).map {
          WallClock.instant($0.adding(days: further), minutes: 0, in: organisation.zone)
        }
      }
    }
    self.init(
      action: try query.value("action", "the whole id of an action") { ActionID(rawValue: $0) },
      actor: try query.value("actor", "such as person:ann") { $0.count <= 200 ? $0 : nil },
      kind: try query.value("kind", "such as action.approved") { $0.count <= 100 ? $0 : nil },
      from: try day("from", 0), to: try day("to", 1),
      before: try query.value("before", "a `next` of a page") { Int64($0) }, limit: limit)
  }
}
