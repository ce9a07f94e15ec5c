/// What somebody proposes to do, complete: the whole content of an action before any state.
///
/// Values built in memory are not checked for length and the like; `ProposalReader` checks every
/// document, and Intake sends what it is given through it.
public struct Proposal: Hashable, Sendable {
  /// The version of the protocol.
  public static let version = "1.1"

  /// The action's id; made by AIOM when absent.
  public var actionID: ActionID?
  /// The organisation.
  public var orgID: OrgID
  /// What is done, and what for.
  public var operation: TypedOperation
  /// The risk; never below the type's default.
  public var riskLevel: RiskLevel
  /// Whether a person must approve; nil leaves it to policy. True for high and critical risk.
  public var requiresApproval: Bool?
  /// Where the approval is asked for; at least one.
  public var channels: [ApprovalChannel]
  /// Until when it may be decided; nil for 24 hours after it was made.
  public var expiresAt: Instant?
  /// What makes it the same as an earlier proposal; nil for the default form.
  public var idempotencyKey: IdempotencyKey?
  /// The analysis it came from.
  public var analysisID: String?
  /// What will happen, 10-600 characters.
  public var expectedEffect: String
  /// Why, 10-2000 characters.
  public var reasoning: String
  /// The records concerned.
  public var affectedRecords: AffectedRecords
  /// The difference a person approves.
  public var proposedChanges: [ProposedChange]
  /// What is checked again before execution.
  public var revalidationPlan: [RevalidationCheck]
  /// Everybody outside who will notice.
  public var externalEffects: [ExternalEffect]
  /// What it is expected to bring.
  public var estimatedImpact: EstimatedImpact?
  /// How it can be undone.
  public var rollbackStrategy: RollbackStrategy
  /// Whatever else the proposer wants kept, at most 16 KiB.
  public var metadata: JSONObject

  /// A proposal. Where nil or empty: the risk is the type's default, approval is required for
  /// high and critical risk and else left to policy, the undo is the operation's default, the
  /// effects are derived from the operation.
  public init(
    actionID: ActionID? = nil, orgID: OrgID, operation: TypedOperation,
    riskLevel: RiskLevel? = nil, requiresApproval: Bool? = nil,
    channels: [ApprovalChannel] = [.inApp], expiresAt: Instant? = nil,
    idempotencyKey: IdempotencyKey? = nil, analysisID: String? = nil, expectedEffect: String,
    reasoning: String, affectedRecords: AffectedRecords, proposedChanges: [ProposedChange] = [],
    revalidationPlan: [RevalidationCheck] = [], externalEffects: [ExternalEffect] = [],
    estimatedImpact: EstimatedImpact? = nil, rollbackStrategy: RollbackStrategy? = nil,
    metadata: JSONObject = JSONObject()
  ) {
    let risk = riskLevel ?? operation.actionType.defaultRisk
    self.actionID = actionID
    self.orgID = orgID
    self.operation = operation
    self.riskLevel = risk
    self.requiresApproval = risk.alwaysRequiresApproval ? true : requiresApproval
    self.channels = channels
    self.expiresAt = expiresAt
    self.idempotencyKey = idempotencyKey
    self.analysisID = analysisID
    self.expectedEffect = expectedEffect
    self.reasoning = reasoning
    self.affectedRecords = affectedRecords
    self.proposedChanges = proposedChanges
    self.revalidationPlan = revalidationPlan
    self.externalEffects = externalEffects.isEmpty ? operation.externalEffects : externalEffects
    self.estimatedImpact = estimatedImpact
    self.rollbackStrategy = rollbackStrategy ?? operation.operationType.defaultRollback
    self.metadata = metadata
  }

  /// What the action is for.
  public var actionType: ActionType { operation.actionType }

  /// The operation that carries it out.
  public var safeOperation: OperationType { operation.operationType }
}
