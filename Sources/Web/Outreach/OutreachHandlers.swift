import ActionProtocol
import Addressing
import Cards
import Decisions
import Engine
import HTTPTypes

/// What may be sent, what waits, and to whom nothing goes, for a browser.
struct OutreachPageHandler: ReadingHandler {
  private let desk: DeskViews

  init(_ ports: ReadPorts) { desk = ports.desk }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let done = try QueryValues(request.query).value("done", "a deed") { OutreachDeed(rawValue: $0) }
    return .page(try await desk.outreachPage(request, notice: done?.notice))
  }
}

/// What a form about outreach did.
enum OutreachDeed: String {
  case added, prolonged, known, lifted, ended

  init(_ answer: SuppressionInsert) {
    switch answer {
    case .added: self = .added
    case .prolonged: self = .prolonged
    case .known: self = .known
    }
  }

  var notice: String {
    switch self {
    case .added: "Suppressed from now on, also for what is approved already."
    case .prolonged: "It was suppressed already and is so for longer now."
    case .known: "It was suppressed already, as long or longer. Nothing was changed."
    case .lifted:
      "Lifted here. What the provider lists itself comes back until it is removed there too."
    case .ended: "The hold has ended. What it kept back may be proposed again."
    }
  }
}

/// The same for programs.
struct OutreachHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    return .json(OutreachJSON.standing(try await OutreachDesk(engine).standing(org)))
  }
}

/// Suppressions that bind now, the newest first; those of an address where one is named.
struct SuppressionsHandler: ReadingHandler {
  private let engine: EngineContext

  init(_ ports: ReadPorts) { engine = ports.actions.context }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    let limit = try query.number("limit", OutreachDesk.most, 1...1000)
    let page = try await SuppressionSearch(query).page(org, engine, limit: limit)
    let sync = try await Suppressions(engine).sync(org)
    return .json([
      "suppressions": .array(page.suppressions.map(\.json)),
      "next": page.next.map { .string($0) } ?? .null, "provider": sync?.json ?? .null,
    ])
  }
}

/// Which suppressions somebody looks for.
struct SuppressionSearch {
  /// As it was written; nil: all.
  let text: String?
  private let before: String?

  init(_ query: QueryValues) throws(Problem) {
    text = query.text("address")
    before = try query.value("before", "a `next` of a page") { $0.count <= 200 ? $0 : nil }
  }

  init() { (text, before) = (nil, nil) }

  var isFurther: Bool { before != nil }

  func page(
    _ org: OrgID, _ engine: EngineContext, limit: Int = OutreachDesk.most
  ) async throws -> SuppressionPage {
    guard let text else {
      return try await OutreachDesk(engine).suppressions(org, before: before, limit: limit)
    }
    let address = try SuppressionAddress.named(text)
    return SuppressionPage(
      suppressions: try await Suppressions(engine).list(org, of: address), next: nil)
  }
}

extension SuppressionAddress {
  /// - Throws: ``Problem`` naming what is wrong and what would be right.
  static func named(_ text: String) throws(Problem) -> SuppressionAddress {
    do throws(AddressingIssue) {
      return try SuppressionAddress(text)
    } catch {
      throw Problem(
        .unprocessableContent, error.code, "address is not valid: \(error.message)",
        remedy: error.remedy + " Write ann@example.org, example.org for everybody there, or "
          + "+15551234567.")
    }
  }
}

extension DeskViews {
  func outreachPage(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let frame = try await frame(request).frame
    let standing = try await OutreachDesk(engine).standing(frame.org)
    var (search, found) = (SuppressionSearch(), SuppressionPage(suppressions: [], next: nil))
    var problem = problem
    do {
      search = try SuppressionSearch(QueryValues(request.query))
      found = try await search.page(frame.org, engine)
    } catch let wrong as Problem {
      problem = problem ?? wrong
    }
    return OutreachPage(
      frame: frame, standing: standing, search: search, found: found, problem: problem,
      notice: notice
    ).page
  }
}
