import Addressing
import Testing

@testable import ActionProtocol

@Suite("Action document")
struct ActionDocumentTests {
  static func document(_ proposal: Proposal, variant: Int) throws -> ActionDocument {
    let revision = Revision(
      proposal: proposal, actionID: try #require(ActionID(rawValue: "act-0000000001")),
      number: variant + 1, sender: variant % 2 == 0 ? try Mailbox("A <a@acme.example>") : nil,
      replyTo: nil, expiresAt: Examples.now)
    let person = try #require(Author(.person, "local:ann"))
    var document = ActionDocument(
      revision: revision, createdBy: try #require(Author(.system, "analyzer")),
      createdAt: Examples.now,
      status: ActionStatus.allCases[variant % ActionStatus.allCases.count],
      idempotencyKey: try #require(IdempotencyKey(rawValue: "k")))
    if variant % 3 == 0 {
      document.approval = ApprovalState(
        approved: ApprovalState.Decision(by: person, at: Examples.now),
        rejected: ApprovalState.Decision(by: person, at: Examples.now), rejectionReason: "no")
      document.executeBy = Examples.now
      document.hold = Hold(reason: HoldReason.allCases[variant % 16], until: nil)
      document.executedAt = Examples.now
      document.executionDurationMilliseconds = 12
      document.executionResult = ExecutionResult(
        success: true, errorMessage: "", externalID: "req_abc123", sideEffects: ["outreach"])
    }
    return document
  }

  @Test(arguments: OperationType.allCases)
  func `what AIOM shows has the shape it publishes`(operation: OperationType) throws {
    for variant in 0..<6 {
      let document = try Self.document(Examples.proposal(of: operation), variant: variant)
      var validator = ShapeValidator()
      validator.check(document.json, .record(ActionShape.record))
      #expect(validator.collector.issues.isEmpty)
    }
  }

  @Test func `the state stands beside the proposal`() throws {
    let shown = try Self.document(Examples.reminder(), variant: 0)
    let json = shown.json
    #expect(json.objectValue?["created_by"] == "system:analyzer")
    #expect(json.objectValue?["revision_digest"] == .string(shown.revision.digest.hex))
    #expect(json[try #require(JSONPointer("/approval/approved_by"))] == "person:local:ann")
    #expect(json[try #require(JSONPointer("/hold"))] == ["reason": "scheduled", "until": .null])
  }

  @Test func `an action's document is no proposal`() throws {
    let issues = ProposalReader.issues(
      in: try Self.document(Examples.reminder(), variant: 0).json, now: nil)
    #expect(issues.contains { $0.code == "field.server_owned" && $0.pointer.rawValue == "/status" })
    #expect(
      issues.contains {
        $0.code == "field.server_owned" && $0.pointer.rawValue == "/approval/approved_by"
      })
  }
}
