import Engine
import Testing

@testable import Connectors
@testable import Odoo

/// `aiom odoo check` on a real Odoo, where one is named.
@Suite(.enabled(if: RealServer.isThere), .serialized)
struct SurveyServerTests {
  private func survey(_ credentials: OdooCredentials) async throws -> OdooSurvey {
    try await RealServer.run(credentials) { client in
      let project = try await RealServer.project(client)
      return await OdooSurvey.run(
        client, url: RealServer.url, books: OrgBooks(.odoo, project: Int64(project)))
    }
  }

  @Test(arguments: RealServer.ways)
  func `the documented rights of the bot user are enough`(_ credentials: OdooCredentials)
    async throws
  {
    let survey = try await survey(credentials)
    #expect(survey.isReachable)
    for finding in survey.findings {
      #expect(finding.state == .ok, "\(finding.id): \(finding.found)")
    }
  }

  @Test func `what a user lacks is named, with what is off without it`() async throws {
    let survey = try await survey(RealServer.limited)
    func finding(_ id: String) throws -> OdooSurvey.Finding {
      try #require(survey.findings.first { $0.id == id })
    }
    for model in ["account.move", "account.move.line", "crm.lead"] {
      let missing = try finding("model.\(model)")
      #expect(missing.state == .missing)
      #expect(missing.remedy.contains("Without it"))
    }
    #expect(try finding("model.account.move").remedy.contains("reminders"))
    #expect(try finding("model.project.task").state == .ok)
  }
}
