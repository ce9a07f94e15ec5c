import ActionProtocol
import Decisions
import Testing

@testable import App

@Suite struct PolicyCommandTests {
  private func answer(_ line: String) -> JSONValue {
    let engine = PolicyEngine(.standard)
    return JSONLines.answer(.bytes(Array(line.utf8))) { line throws(LineIssue) in
      try PolicyDecideCommand.members(line, engine)
    }
  }

  @Test func `a line is decided and explained`() throws {
    let found = try #require(answer(#"{"action_type": "create_follow_up_task"}"#).objectValue)
    #expect(found["ok"] == true && found["decision"] == "auto")
    #expect(found["winning"] == ["inside-goes"] && found["hash"]?.stringValue?.count == 64)
    let agent = try #require(
      answer(#"{"action_type": "x_create_note", "facts": {"proposer.kind": "agent"}}"#).objectValue)
    #expect(agent["decision"] == "require" && agent["default"] == true)
    let change = agent["changes"]?.arrayValue?.first?.objectValue
    #expect(change?["field"] == "proposer.kind" && change?["decision"] == "auto")
  }

  @Test func `facts that are not given refuse where they count`() throws {
    let line = #"{"action_type": "create_follow_up_task", "facts": {}, "complete": true}"#
    let found = try #require(answer(line).objectValue)
    #expect(found["decision"] == "deny" && found["alert"] == true)
  }

  @Test(arguments: [
    (#"{"facts": {}}"#, "key.missing"), (#"{"action_type": "send_reminder"}"#, "value.word"),
    (#"{"action_type": "x_create_note", "fact": {}}"#, "key.unknown"),
    (#"{"action_type": "x_create_note", "facts": {"deal.to_stage": "won"}}"#, "field.type"),
    (#"{"action_type": "x_create_note", "facts": {"local.hour": 24}}"#, "value.integer"),
    ("[]", "line.json"),
  ])
  func `a line that is wrong says how`(_ line: String, _ code: String) {
    let found = answer(line).objectValue
    #expect(found?["ok"] == false && found?["code"] == .string(code))
    #expect(found?["remedy"]?.stringValue?.isEmpty == false)
  }

  @Test func `the default policy is shown with a sentence for each rule`() {
    let shown = PolicyShowCommand.json(.standard).objectValue
    #expect(shown?["sentences"]?.objectValue?.count == Policy.standard.rules.count)
  }

  @Test func `a file that is no policy is refused with every issue`() {
    let issue = PolicyIssue(
      line: 3, path: "rules[0].reson", code: "key.unknown", message: "The key reson is not known.",
      remedy: "Did you mean reason?")
    let failure = PolicySource.failure([issue], "policy.yaml")
    #expect(failure.status == .refused && failure.message.contains("line 3, rules[0].reson"))
    #expect(failure.details["issues"]?.arrayValue?.count == 1)
  }
}
