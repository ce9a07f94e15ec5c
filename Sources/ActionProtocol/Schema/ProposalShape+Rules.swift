extension ProposalShape {
  /// The rules between fields that a schema can say.
  static let rules: [RecordRule] =
    operationRules + riskRules + approvalRules + rollbackRules

  /// Each action type has one operation; `safe_operation` and `operation.type` name it.
  private static let operationRules = OperationType.allCases.flatMap { operation in
    [
      (["operation", "type"], "operation.mismatch"),
      (["safe_operation"], "safe_operation.mismatch"),
    ]
    .map { place, code in
      RecordRule.implies(
        Implication(
          when: ["action_type"], values: operation.actionTypes.map(\.rawValue), then: place,
          allowed: [.string(operation.rawValue)],
          wording: RecordRule.Wording(
            code: code, message: "The action type is carried out by \(operation.rawValue).",
            remedy: "Use \(operation.rawValue), or another action type.")))
    }
  }

  /// The risk may be raised, never lowered.
  private static let riskRules = RiskLevel.allCases.filter { $0 > .low }.map { risk in
    RecordRule.implies(
      Implication(
        when: ["action_type"],
        values: ActionType.allCases.filter { $0.defaultRisk == risk }.map(\.rawValue),
        then: ["risk_level"],
        allowed: RiskLevel.allCases.filter { $0 >= risk }.map { .string($0.rawValue) },
        wording: RecordRule.Wording(
          code: "risk_level.below_default",
          message: "The risk of this action type is at least \(risk.rawValue).",
          remedy: "Use \(risk.rawValue) or higher, or leave risk_level out.")))
  }.filter { rule in
    if case .implies(let implication) = rule { return !implication.values.isEmpty }
    return true
  }

  /// High and critical risk is always approved by a person.
  private static let approvalRules = [
    (["risk_level"], RiskLevel.allCases.filter(\.alwaysRequiresApproval).map(\.rawValue)),
    (
      ["action_type"],
      ActionType.allCases.filter(\.defaultRisk.alwaysRequiresApproval).map(\.rawValue)
    ),
  ].map { place, values in
    RecordRule.implies(
      Implication(
        when: place, values: values, then: ["requires_approval"], allowed: [true],
        wording: RecordRule.Wording(
          code: "requires_approval.required",
          message: "High and critical risk is always approved by a person.",
          remedy: "Set requires_approval to true, or leave it out.")))
  }

  /// The way of undoing suits the operation.
  private static let rollbackRules = OperationType.allCases.map { operation in
    RecordRule.implies(
      Implication(
        when: ["operation", "type"], values: [operation.rawValue], then: ["rollback_strategy"],
        allowed: operation.rollbackStrategies.map { .string($0.rawValue) },
        wording: RecordRule.Wording(
          code: "rollback_strategy.unsuitable",
          message: "\(operation.rawValue) cannot be undone this way.",
          remedy: "Use one of: "
            + operation.rollbackStrategies.map(\.rawValue).joined(separator: ", ") + ".")))
  }
}
