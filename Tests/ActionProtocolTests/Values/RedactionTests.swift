import ActionProtocol
import Testing

@Suite("What logs may show")
struct RedactionTests {
  static let secrets = ["acme.example", "Good day", "491511", "Acme Corp", "Please call"]

  static func renderings(_ value: some Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    return ["\(value)", String(reflecting: value), dumped]
  }

  @Test(arguments: OperationType.allCases)
  func `no address, name or body of a proposal is printed`(operation: OperationType) throws {
    var proposal = try Examples.proposal(of: operation)
    proposal.revalidationPlan = MinimumPlan.complete(proposal, facts: PlanFacts())
    let revision = try DigestTests.revision(proposal)
    let values: [Any] = [
      proposal, revision, proposal.operation, proposal.externalEffects, proposal.affectedRecords,
      proposal.revalidationPlan, proposal.revalidationPlan.map(\.predicate),
    ]
    for text in values.flatMap({ Self.renderings($0) }) {
      for secret in Self.secrets { #expect(!text.contains(secret)) }
    }
  }

  @Test func `an issue prints its code alone`() throws {
    let issues = try ProposalReaderTests.issues("/operation/inputs/to", "billing.acme.example")
    let issue = try #require(issues.first)
    #expect("\(issue)" == issue.code)
    #expect("\(ProtocolIssues([issue, issue]))" == "\(issue.code),\(issue.code)")
  }
}
