import ActionProtocol
import Decisions
import Engine

/// What the pages of the desk look at. It changes nothing, by type.
public struct DeskViews: Sendable {
  let engine: EngineContext
  private let access: AccessViews

  public init(_ engine: EngineContext, _ access: AccessViews) {
    self.engine = engine
    self.access = access
  }

  /// What every page knows, for a browser's request.
  /// - Throws: ``Problem`` for a program: pages are for somebody who signed in with a browser.
  func frame(_ request: WebRequest) async throws -> (frame: DeskFrame, now: Instant) {
    guard let caller = request.caller, let person = caller.person, let org = request.org,
      case .cookie(let session)? = RouteDoor.shown(request.fields, request.origin)
    else { throw Problem.pageOnly }
    let rights = try await access.rightsEverywhere(of: caller)
    let delivery = engine.configuration.delivery
    let outbox = engine.configuration.outboxURL
    return try await engine.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Problem.orgNeeded }
      let frame = DeskFrame(
        organisation: organisation,
        orgs: rights.filter { $1.contains(.read) }.keys.sorted(), person: person.rawValue,
        formToken: FormToken.of(session), delivery: delivery,
        outbox: outbox,
        halt: try store.stopSummary(org), waiting: try store.inboxCount(org),
        position: try store.auditNumbers(org, from: nil, to: nil)?.upperBound ?? 0,
        rights: rights[org] ?? [],
        rightsEverywhere: Set(Right.allCases).filter { right in
          rights.values.allSatisfy { $0.contains(right) }
        })
      return (frame, store.now)
    }
  }

  /// The inbox as the query wants it; all of it beside a form that was refused.
  func inboxPage(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let (frame, now) = try await frame(request)
    let query = QueryValues(problem == nil ? request.query : "")
    var filter = InboxFilter(includesSnoozed: try query.flag("snoozed"))
    filter.before = try query.value("after", "a `next` of a page") { ActionCursor($0) }
    filter.type = try query.value("type", "a type of action") { ActionType(rawValue: $0) }
    filter.order =
      try query.value("order", "newest or oldest") { InboxOrder(rawValue: $0) } ?? .newest
    let person = request.caller?.person
    if try query.flag("mine") { filter.assignedTo = person }
    let page = try await Inbox(engine).page(frame.org, filter)
    let views: [SavedView] =
      if let person { try await SavedViews(engine).list(frame.org, of: person) } else { [] }
    return ListPages.inbox(
      frame, page, filter, views: views, now: now, problem: problem, notice: notice)
  }

  /// A customer's page.
  func customerPage(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let frame = try await frame(request).frame
    guard let picture = try await Customers(engine).picture(frame.org, request.customer()) else {
      throw Problem.noCustomer
    }
    return CustomerDetailPage(
      frame: frame, picture: picture, problem: problem, notice: notice
    ).page
  }

  func review(_ org: OrgID, _ ids: [ActionID]) async throws -> BulkReview {
    try await BulkApproval(engine).review(org, ids)
  }

  func actions(_ org: OrgID, _ filter: ActionFilter) async throws -> [ActionState] {
    try await ActionReader(engine).list(org, filter)
  }

  func card(_ org: OrgID, _ id: ActionID) async throws -> ActionCard {
    guard let card = try await ActionReader(engine).card(org, id) else { throw Problem.noAction }
    return card
  }

  /// The page of an action.
  func page(
    _ request: WebRequest, problem: Problem? = nil, notice: String? = nil
  ) async throws -> Page {
    let (org, id, _) = try request.subject()
    let frame = try await frame(request).frame
    let mayDecide = frame.rights.contains(.decide)
    let card = try await card(org, id)
    let candidates =
      mayDecide && card.state.status == .pendingApproval
      ? try await Inbox(engine).candidates(org, id) : []
    return ActionPage(
      frame: frame, card: card, mayDecide: mayDecide, candidates: candidates, problem: problem,
      notice: notice, party: request.party
    ).page
  }
}
