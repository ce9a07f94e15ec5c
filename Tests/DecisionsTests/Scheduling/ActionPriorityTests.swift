import ActionProtocol
import Decisions
import Testing

@Suite struct ActionPriorityTests {
  @Test(arguments: ActionPriority.allCases)
  func `a priority is read from its word`(_ priority: ActionPriority) {
    #expect(ActionPriority(word: priority.word) == priority)
  }

  @Test func `another word is none`() { #expect(ActionPriority(word: "urgent") == nil) }

  @Test func `an alert goes before the daily work, and that before the records`() {
    let types: [ActionType] = [
      .xSendSMSAlert, .xSendCustomMessage, .sendInvoiceReminder, .xCreateNote,
    ]
    #expect(types.map { ActionPriority($0) } == [.critical, .high, .normal, .low])
    #expect(ActionPriority.critical < .high && .high < .normal && .normal < .low)
  }
}
