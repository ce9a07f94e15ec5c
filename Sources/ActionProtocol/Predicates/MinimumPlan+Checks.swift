extension MinimumPlan {
  /// The check that asks a question, or nil where a fact it pins is not given.
  static func check(
    for requirement: PlanRequirement, _ proposal: Proposal, _ facts: PlanFacts
  ) -> RevalidationCheck? {
    guard let predicate = predicate(for: requirement, proposal, facts) else { return nil }
    return RevalidationCheck(
      checkID: requirement.checkID, description: sentence(requirement.words),
      severity: severity(of: requirement, proposal), predicate: predicate)
  }

  private static func predicate(
    for requirement: PlanRequirement, _ proposal: Proposal, _ facts: PlanFacts
  ) -> Predicate? {
    switch requirement {
    case .exists(let record): .recordExists(record)
    case .equals(let record, let field, let value):
      .fieldEquals(record, field: field, expected: value)
    case .within(let record, let field, let values): .fieldIn(record, field: field, values)
    case .unchanged(let record, field: "amount_residual"):
      facts.residuals[record.id].map {
        .fieldEquals(record, field: "amount_residual", expected: .string($0.decimalText))
      }
    case .unchanged(let record, let field):
      facts.stages[record].map { .fieldEquals(record, field: field, expected: $0) }
    case .noDuplicate(let partner, let context, let minutes):
      .noDuplicateInWindow(
        scopeKey: PlanRequirement.scopeKey(partner, context), windowMinutes: minutes)
    case .quietHours(let widest): widest.map { .quietHours($0) }
    }
  }

  /// What a failed check means. Facts that make the message itself wrong but leave the matter
  /// open (another amount, one of several invoices settled, a new address, another stage) go back
  /// to approval; whatever makes the action pointless or forbidden blocks it.
  static func severity(
    of requirement: PlanRequirement, _ proposal: Proposal
  ) -> FailSeverity {
    let severalInvoices = proposal.affectedRecords.ids.count > 1
    switch requirement {
    case .unchanged, .equals(_, field: "email", _), .equals(_, field: "phone", _):
      return .requireReapproval
    case .exists(let record), .equals(let record, _, _), .within(let record, _, _):
      return record.model == "account.move" && severalInvoices ? .requireReapproval : .block
    case .noDuplicate, .quietHours:
      return .block
    }
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }
}
