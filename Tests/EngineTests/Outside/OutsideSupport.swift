import ActionProtocol
import Addressing
import Decisions
import Engine
import TestSupport

extension EngineHouse {
  /// A house whose org keeps its books outside, where everything is as the ledger was told.
  static func outside(
    configuration: EngineConfiguration = .patient
  ) async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme(configuration: configuration)
    try await house.books([
      .deal(DealRow(externalID: "D1", name: "New shelves", partner: "acme", stage: "Proposal")),
      .deal(DealRow(externalID: "D2", name: "Old shelves", partner: "acme", stage: "Won")),
    ])
    try await house.change { $0.books = OrgBooks(.odoo) }
    house.outside.hold("account.move", 1, Self.invoice())
    house.outside.hold(
      "res.partner", 1,
      [
        "id": 1, "email": "billing@acmecorp.com", "phone": "+16175550123", "active": true,
        "is_blacklisted": false,
      ])
    house.outside.hold("crm.lead", 1, ["id": 1, "active": true, "stage_id": [1, "Proposal"]])
    return house
  }

  static func invoice(
    payment: JSONValue = "not_paid", residual: JSONValue = "5000.00"
  ) -> JSONObject {
    [
      "id": 1, "state": "posted", "payment_state": payment, "amount_residual": residual,
      "partner_id": [1, "Acme Corp"], "invoice_date_due": "2026-01-03",
    ]
  }

  /// A reminder that is approved.
  func reminder() async throws -> ActionID {
    let id = try await propose()
    try await approve(id)
    return id
  }

  /// An action on records that is approved.
  func approved(
    _ operation: TypedOperation, on model: String = "res.partner", _ ids: [Int64] = [1]
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: org, operation: operation, expectedEffect: "The records say what is to be done.",
      reasoning: "Somebody has to look after it.",
      affectedRecords: AffectedRecords(model: model, ids: ids))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard case .created(let made) = outcome else { throw NothingProposed() }
    try await approve(made.id)
    return made.id
  }

  /// A task for Acme that is approved.
  func task() async throws -> ActionID {
    try await approved(.createTask(.createFollowUpTask, CreateTask(name: "Call Acme")))
  }

  func note() async throws -> ActionID {
    try await approved(
      .createNote(.xCreateNote, CreateNote(model: "res.partner", recordID: 1, body: "Called.")))
  }

  func move() async throws -> ActionID {
    try await approved(
      .updateStage(.updateDealStage, UpdateStage(model: .lead, recordID: 1, stageID: 2)),
      on: "crm.lead")
  }

  func timers() async throws {
    let process = ProcessLife(context)
    try await process.begin()
    try await TimerService(context, process: process).runDue(TimerService.outside)
    try await process.end()
  }
}

extension EngineConfiguration {
  /// Facts do not grow old on a machine that stands still for a while.
  static var patient: EngineConfiguration {
    var configuration = EngineConfiguration()
    configuration.liveMaximumAge = .seconds(3600)
    return configuration
  }
}
