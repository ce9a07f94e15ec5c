import ActionProtocol
import Testing

@Suite("Proposal")
struct ProposalTests {
  @Test(arguments: Seeds.all)
  func `what is written is read back`(seed: UInt64) throws {
    var generator = ProposalGenerator(seed: seed)
    for _ in 0..<300 {
      let proposal = try generator.proposal()
      let issues = proposal.issues()
      #expect(issues.isEmpty, "seed \(seed): \(issues.map { ($0.pointer.rawValue, $0.message) })")
      #expect(try ProposalReader.read(proposal.json).get() == proposal, "seed \(seed)")
      let bytes = CanonicalJSON.encode(proposal.json)
      #expect(try ProposalReader.read(bytes).get() == proposal, "seed \(seed)")
    }
  }

  @Test(arguments: ActionType.allCases)
  func `each action type has one operation, and the groups cover all types`(type: ActionType) {
    let groups: [(OperationType, [ActionType])] = [
      (.sendEmail, EmailActionType.allCases.map(\.actionType)),
      (.sendSMS, SMSActionType.allCases.map(\.actionType)),
      (.createOdooTask, TaskActionType.allCases.map(\.actionType)),
      (.updateOdooStage, StageActionType.allCases.map(\.actionType)),
      (.logOdooActivity, ActivityActionType.allCases.map(\.actionType)),
      (.createInternalNote, NoteActionType.allCases.map(\.actionType)),
      (.scheduleFollowUp, FollowUpActionType.allCases.map(\.actionType)),
    ]
    let owners = groups.filter { $0.1.contains(type) }.map(\.0)
    #expect(owners == [type.operationType])
    #expect(type.operationType.actionTypes.contains(type))
  }

  @Test(arguments: [
    ("follow_up_on_stale_deal", "send_email", "low"),
    ("send_invoice_reminder", "send_email", "low"),
    ("create_collection_task", "create_odoo_task", "medium"),
    ("schedule_customer_check_in", "schedule_follow_up", "low"),
    ("update_deal_stage", "update_odoo_stage", "medium"),
    ("flag_at_risk_project", "create_odoo_task", "low"),
    ("send_payment_confirmation", "send_email", "low"),
    ("create_follow_up_task", "create_odoo_task", "low"),
    ("send_deal_check_in", "send_email", "low"),
    ("escalate_overdue_invoice", "create_odoo_task", "high"),
    ("x_send_sms_alert", "send_sms", "medium"),
    ("x_send_task_notification", "send_email", "low"),
    ("x_send_custom_message", "send_email", "medium"),
    ("x_log_activity", "log_odoo_activity", "low"),
    ("x_create_note", "create_internal_note", "low"),
  ])
  func `the table of action types is the protocol's`(name: String, operation: String, risk: String)
  {
    let type = ActionType(rawValue: name)
    #expect(type?.operationType.rawValue == operation)
    #expect(type?.defaultRisk.rawValue == risk)
    #expect(type?.isExtension == name.hasPrefix("x_"))
  }

  @Test(arguments: OperationType.allCases)
  func `defaults are filled in`(operation: OperationType) throws {
    let proposal = try Examples.proposal(of: operation)
    #expect(proposal.safeOperation == operation)
    #expect(proposal.riskLevel == proposal.actionType.defaultRisk)
    #expect(proposal.rollbackStrategy == operation.defaultRollback)
    #expect(proposal.externalEffects.map(\.recipient) == proposal.operation.recipients)
    #expect(proposal.channels == [.inApp])
    #expect(proposal.issues(now: Examples.now).isEmpty)
  }

  @Test func `high risk requires approval whatever is said`() throws {
    let base = try Examples.reminder()
    func proposal(_ risk: RiskLevel, _ requires: Bool?) -> Proposal {
      Proposal(
        orgID: base.orgID, operation: base.operation, riskLevel: risk, requiresApproval: requires,
        expectedEffect: base.expectedEffect, reasoning: base.reasoning,
        affectedRecords: base.affectedRecords)
    }
    #expect(proposal(.high, false).requiresApproval == true)
    #expect(proposal(.critical, nil).requiresApproval == true)
    #expect(proposal(.medium, false).requiresApproval == false)
    #expect(proposal(.low, nil).requiresApproval == nil)
  }

  @Test func `one address and a list of one mean the same`() throws {
    let place = try #require(JSONPointer("/operation/inputs/to"))
    let json = try Examples.reminder().json.setting(place, to: "billing@acme.example")
    #expect(try ProposalReader.read(json).get() == Examples.reminder())
  }

  @Test func `the older name of effect_type is read and never written`() throws {
    let place = try #require(JSONPointer("/external_effects"))
    let json = try Examples.reminder().json.setting(
      place, to: [["type": "email", "recipient": "billing@ACME.example"]])
    let proposal = try ProposalReader.read(json).get()
    #expect(
      proposal.json[place] == [["effect_type": "email", "recipient": "billing@acme.example"]])
  }
}
