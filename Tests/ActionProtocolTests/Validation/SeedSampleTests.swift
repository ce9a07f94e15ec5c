import ActionProtocol
import Foundation
import Testing

@Suite("The seed's sample action")
struct SeedSampleTests {
  static func sample() throws -> [UInt8] {
    let file = try #require(
      Bundle.module.url(
        forResource: "seed-sample", withExtension: "json", subdirectory: "Fixtures"))
    return [UInt8](try Data(contentsOf: file))
  }

  @Test func `validation lists exactly what is missing, each with a value to paste`() throws {
    let issues = ProtocolValidation.issues(in: try Self.sample())
    #expect(
      issues.map { $0.code + " " + $0.pointer.rawValue }.sorted() == [
        "field.required /affected_records", "field.required /expected_effect",
        "field.required /org_id", "field.required /reasoning", "field.required /version",
      ])
    #expect(issues.allSatisfy { $0.suggestion != nil && !$0.remedy.isEmpty })
  }

  @Test func `with everything pasted it is a valid proposal`() throws {
    let bytes = try Self.sample()
    var document = try JSONReader.read(bytes).get()
    for issue in ProtocolValidation.issues(in: bytes) {
      document = document.setting(issue.pointer, to: try #require(issue.suggestion))
    }
    let proposal = try ProposalReader.read(document).get()
    #expect(proposal.actionType == .sendInvoiceReminder)
    #expect(proposal.operation.recipients == ["billing@acmecorp.com"])
    #expect(proposal.affectedRecords.model == "account.move")
  }

  @Test func `the report has one entry per issue`() throws {
    let report = ProtocolValidation.report(for: try Self.sample())
    #expect(report.objectValue?["valid"] == false)
    let issues = try #require(report.objectValue?["issues"]?.arrayValue)
    #expect(issues.count == 5)
    for issue in issues {
      #expect(
        issue.objectValue?.keys.sorted() == ["code", "message", "pointer", "remedy", "suggestion"])
    }
    #expect(
      ProtocolValidation.report(for: CanonicalJSON.encode(try Examples.reminder().json))
        == ["valid": true, "issues": []])
  }
}
