import ActionProtocol
import Engine
import Store
import Testing

@Suite("Odoo operations on the ledger")
struct LedgerOperationTests {
  @Test func `a task is created, read, and deleted by undo`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let org = ledger.org
    let id = try await ledger.store.write { tx in
      try tx.createTask(
        org,
        CreateTask(
          name: "Call Acme", description: "About INV-1", userID: 7,
          dateDeadline: date("2026-11-30"), priority: .high, partnerID: PartnerID(rawValue: 1),
          projectID: 1))
    }
    let record = try #require(try await ledger.record("project.task", id))
    #expect(record.asOf == ledger.now)
    #expect(record.fields["name"] == "Call Acme" && record.fields["description"] == "About INV-1")
    #expect(record.fields["partner_id"] == [1, "Acme"] && record.fields["user_ids"] == [7])
    #expect(record.fields["priority"] == "2" && record.fields["date_deadline"] == "2026-11-30")
    #expect(record.fields["project_id"] == [1, "P"] && record.fields["stage_id"] == [1, "New"])
    let reference = RecordReference(model: "project.task", id: id)
    #expect(try await ledger.store.write { try $0.deleteCreated(org, reference) })
    #expect(try await ledger.record("project.task", id) == nil)
    #expect(try await !ledger.store.write { try $0.deleteCreated(org, reference) })
  }

  @Test func `undo never deletes what a source brought`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let org = ledger.org
    #expect(
      try await !ledger.store.write {
        try $0.deleteCreated(org, RecordReference(model: "project.task", id: 1))
      })
    #expect(try await ledger.record("project.task", 1) != nil)
    await #expect(throws: StoreError.self) {
      try await ledger.store.write {
        try $0.deleteCreated(org, RecordReference(model: "account.move", id: 1))
      }
    }
  }

  @Test func `an imported task keeps its id beside one of AIOM's with the same external id`()
    async throws
  {
    let ledger = try await LedgerFixture()
    let org = ledger.org
    let own = try await ledger.store.write { try $0.createTask(org, CreateTask(name: "Own")) }
    try await ledger.put([.task(TaskRow(externalID: String(own), name: "Theirs"))])
    #expect(try await ledger.record("project.task", own)?.fields["name"] == "Own")
    #expect(try await ledger.record("project.task", own + 1)?.fields["name"] == "Theirs")
  }

  @Test func `a deal moves to a stage and back`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .deal(DealRow(externalID: "D1", name: "Big", partner: nil, stage: "New")),
      .deal(DealRow(externalID: "D2", name: "Old", partner: nil, stage: "Won", state: .won)),
    ])
    let (org, deal) = (ledger.org, RecordReference(model: "crm.lead", id: 1))
    let before = try await ledger.store.write {
      try $0.setFields(org, deal, ["stage_id": 2])
    }
    #expect(before == ["stage_id": 1])
    let won = try #require(try await ledger.record("crm.lead", 1))
    #expect(won.fields["stage_id"] == [2, "Won"] && won.fields["won_status"] == "won")
    _ = try await ledger.store.write { try $0.setFields(org, deal, before) }
    let undone = try #require(try await ledger.record("crm.lead", 1))
    #expect(undone.fields["stage_id"] == [1, "New"] && undone.fields["won_status"] == "pending")
  }

  @Test func `a task moves to a stage and back`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .task(TaskRow(externalID: "T1", name: "A")),
      .task(TaskRow(externalID: "T2", name: "B", stage: "Done")),
    ])
    let (org, task) = (ledger.org, RecordReference(model: "project.task", id: 1))
    let before = try await ledger.store.write {
      try $0.setFields(org, task, ["stage_id": [2, "Done"]])
    }
    #expect(before == ["stage_id": 1])
    #expect(try await ledger.record("project.task", 1)?.fields["stage_id"] == [2, "Done"])
  }

  static let refused: [(String, Int64, JSONObject)] = [
    ("crm.lead", 1, ["stage_id": 99]), ("crm.lead", 9, ["stage_id": 1]),
    ("crm.lead", 1, ["name": "X"]), ("crm.lead", 1, ["stage_id": 1, "name": "X"]),
    ("crm.lead", 1, ["stage_id": false]), ("project.task", 1, ["stage_id": 99]),
    ("sale.order", 1, ["stage_id": 1]), ("account.move", 1, ["stage_id": 1]),
  ]

  @Test(arguments: refused)
  func `fields that cannot be set are refused`(
    model: String, id: Int64, values: JSONObject
  ) async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let org = ledger.org
    await #expect(throws: StoreError.self) {
      try await ledger.store.write {
        try $0.setFields(org, RecordReference(model: model, id: id), values)
      }
    }
  }

  @Test func `activities and notes stand on a record that is there`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(LedgerUpsertTests.everything)
    let org = ledger.org
    let activity = LogActivity(
      resModel: "res.partner", resID: 1, activityType: .name("call"), summary: "Call",
      dateDeadline: date("2026-11-30"))
    let note = CreateNote(model: "account.move", recordID: 1, body: "Spoke to Ann.")
    let (first, second) = try await ledger.store.write { tx in
      (try tx.createActivity(org, activity), try tx.createNote(org, note))
    }
    #expect(first == 1 && second == 1)
    for model in ["mail.activity", "mail.message"] {
      let reference = RecordReference(model: model, id: 1)
      #expect(try await ledger.store.write { try $0.deleteCreated(org, reference) })
      #expect(try await !ledger.store.write { try $0.deleteCreated(org, reference) })
    }
    let nowhere = CreateNote(model: "account.move", recordID: 2, body: "x")
    await #expect(throws: StoreError.self) {
      try await ledger.store.write { try $0.createNote(org, nowhere) }
    }
  }

  @Test func `a task for a partner or project that is not there is refused`() async throws {
    let ledger = try await LedgerFixture()
    let org = ledger.org
    let tasks = [
      CreateTask(name: "x", partnerID: PartnerID(rawValue: 1)), CreateTask(name: "x", projectID: 1),
    ]
    for task in tasks {
      await #expect(throws: StoreError.self) {
        try await ledger.store.write { try $0.createTask(org, task) }
      }
    }
  }
}
