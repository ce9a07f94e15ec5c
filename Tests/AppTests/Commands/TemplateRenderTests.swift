import ActionProtocol
import Connectors
import Insights
import Testing

@testable import App

/// Templates filled from JSON lines, as outside programs do.
@Suite struct TemplateRenderTests {
  private func render(_ members: JSONObject) throws -> JSONObject {
    let drafting = try MustacheDrafting()
    let line = CanonicalJSON.encode(.object(members))
    let answer = JSONLines.answer(.bytes(Array(line))) { line throws(LineIssue) in
      try TemplateRenderCommand.members(line, drafting)
    }
    return try #require(answer.objectValue)
  }

  @Test func `a line becomes a message in the language that there is`() throws {
    let answer = try render([
      "template": "task_notification", "language": "de-AT",
      "values": .object(TemplateCatalogue.taskNotification.sampleValues),
    ])
    #expect(answer["ok"] == true && answer["language"] == "de")
    #expect(answer["subject"]?.stringValue?.hasPrefix("2 überfällige Aufgaben") == true)
    #expect(answer["html"]?.stringValue?.contains("Call the bank") == true)
  }

  @Test func `what is missing is named by its code`() throws {
    let bare = try render(["template": "deal_check_in", "values": [:]])
    #expect(bare["ok"] == false && bare["code"] == "template.missing_value")
    #expect(try render(["template": "nonsense", "values": [:]])["code"] == "template.unknown")
    #expect(try render(["values": [:]])["code"] == "line.template")
    #expect(try render(["template": "deal_check_in", "values": 3])["code"] == "line.values")
  }
}
