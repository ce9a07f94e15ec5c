import ActionProtocol
import Decisions
import Engine

/// What waits for a decision.
struct InboxHandler: ReadingHandler {
  private let actions: ActionViews

  init(_ ports: ReadPorts) { actions = ports.actions }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    var filter = InboxFilter(
      includesSnoozed: try query.flag("snoozed"), limit: try query.number("limit", 50, 1...200))
    filter.before = try query.value("after", "a `next` of a page") { ActionCursor($0) }
    filter.type = try query.value("type", "a type of action") { ActionType(rawValue: $0) }
    filter.order =
      try query.value("order", "newest or oldest") { InboxOrder(rawValue: $0) } ?? .newest
    filter.partner = try query.value("partner", "a customer's number") {
      Int64($0).flatMap(PartnerID.init(rawValue:))
    }
    if try query.flag("mine") {
      guard let person = request.caller?.person, request.caller?.isAgent == false else {
        throw Problem.value("mine", "for agents: nothing is handed over to them")
      }
      filter.assignedTo = person
    }
    return .json(try await actions.inbox(org, filter).json)
  }
}

/// Actions of any status, newest first.
struct ActionsHandler: ReadingHandler {
  private let actions: ActionViews

  init(_ ports: ReadPorts) { actions = ports.actions }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let query = QueryValues(request.query)
    let limit = try query.number("limit", 50, 1...200)
    var filter = ActionFilter(limit: limit + 1)
    filter.before = try query.value("after", "a `next` of a page") { ActionCursor($0) }
    if let status = try query.value("status", "a status", { ActionStatus(rawValue: $0) }) {
      filter.statuses = [status]
    }
    filter.partner = try query.value("partner", "a customer's number") {
      Int64($0).flatMap(PartnerID.init(rawValue:))
    }
    let found = try await actions.list(org, filter)
    let page = Array(found.prefix(limit))
    let next = found.count > limit ? page.last.map { ActionCursor($0).text } : nil
    return .json([
      "actions": .array(page.map(\.json)), "next": next.map { .string($0) } ?? .null,
    ])
  }
}

/// Everything about one action: what a person is shown before deciding.
struct ActionHandler: ReadingHandler {
  private let actions: ActionViews

  init(_ ports: ReadPorts) { actions = ports.actions }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    let (org, id, _) = try request.subject()
    guard let card = try await actions.card(org, id) else { throw Problem.noAction }
    return .json(card.json)
  }
}

/// How persons decide.
struct DecisionsHandler: ReadingHandler {
  private let actions: ActionViews

  init(_ ports: ReadPorts) { actions = ports.actions }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let org = request.org else { throw Problem.orgNeeded }
    let days = try QueryValues(request.query).number("days", 30, 1...3650)
    return .json(["persons": .array(try await actions.habits(org, days: days).map(\.json))])
  }
}

/// The values behind a path's question mark.
struct QueryValues {
  private let fields: FormFields

  init(_ query: String) { fields = FormFields(Array(query.utf8)) }

  /// Nil where it is not given.
  /// - Throws: ``Problem`` where it cannot be read.
  func value<Value>(
    _ name: String, _ wanted: String, _ read: (String) -> Value?
  ) throws(Problem) -> Value? {
    guard fields.has(name), !fields[name].isEmpty else { return nil }
    guard let value = read(fields[name]) else { throw .value(name, wanted) }
    return value
  }

  /// As it was given; nil where it is empty.
  func text(_ name: String) -> String? { fields[name].isEmpty ? nil : fields[name] }

  func flag(_ name: String) throws(Problem) -> Bool {
    try value(name, "true or false") { Bool($0) } ?? false
  }

  func number(
    _ name: String, _ standard: Int, _ range: ClosedRange<Int>
  ) throws(Problem) -> Int {
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    return try value(name, wanted) { Int($0).flatMap { range.contains($0) ? $0 : nil } } ?? standard
  }
}
