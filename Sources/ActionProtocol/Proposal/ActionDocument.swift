import Addressing

/// An action as AIOM shows it: the proposal of its newest revision with its state.
public struct ActionDocument: Hashable, Sendable {
  /// The revision shown.
  public var revision: Revision
  /// Who proposed it.
  public var createdBy: Author
  /// When it was taken in.
  public var createdAt: Instant
  /// Where it stands.
  public var status: ActionStatus
  /// What makes it the same as an earlier one.
  public var idempotencyKey: IdempotencyKey
  /// How the approval was decided.
  public var approval: ApprovalState
  /// Until when it may be executed.
  public var executeBy: Instant?
  /// Why it is not moving.
  public var hold: Hold?
  /// When it was executed.
  public var executedAt: Instant?
  /// How long the execution took, in milliseconds.
  public var executionDurationMilliseconds: Int64?
  /// What came of it.
  public var executionResult: ExecutionResult?

  /// An action of the given parts.
  public init(
    revision: Revision, createdBy: Author, createdAt: Instant, status: ActionStatus,
    idempotencyKey: IdempotencyKey, approval: ApprovalState = ApprovalState(),
    executeBy: Instant? = nil, hold: Hold? = nil, executedAt: Instant? = nil,
    executionDurationMilliseconds: Int64? = nil, executionResult: ExecutionResult? = nil
  ) {
    self.revision = revision
    self.createdBy = createdBy
    self.createdAt = createdAt
    self.status = status
    self.idempotencyKey = idempotencyKey
    self.approval = approval
    self.executeBy = executeBy
    self.hold = hold
    self.executedAt = executedAt
    self.executionDurationMilliseconds = executionDurationMilliseconds
    self.executionResult = executionResult
  }

  /// The action on the wire, as `ActionSchema.action()` describes it.
  public var json: JSONValue {
    var object = revision.proposal.jsonObject
    object["action_id"] = .string(revision.actionID.rawValue)
    object["expires_at"] = .string(revision.expiresAt.rfc3339)
    object["idempotency_key"] = .string(idempotencyKey.rawValue)
    object["approval"] = approval.json(channels: revision.proposal.channels)
    object["created_by"] = .string(createdBy.rawValue)
    object["created_at"] = .string(createdAt.rfc3339)
    object["status"] = .string(status.rawValue)
    object["revision"] = .integer(Int64(revision.number))
    object["revision_digest"] = .string(revision.digest.hex)
    object["sender"] = .text(revision.sender?.rawValue)
    object["reply_to"] = .text(revision.replyTo?.rawValue)
    object["execute_by"] = .text(executeBy?.rfc3339)
    object["hold"] = hold?.json
    object["executed_at"] = .text(executedAt?.rfc3339)
    object["execution_duration_ms"] = .id(executionDurationMilliseconds)
    object["execution_result"] = executionResult?.json
    return .object(object)
  }
}

/// How an approval was decided.
public struct ApprovalState: Hashable, Sendable {
  /// Who decided, and when.
  public struct Decision: Hashable, Sendable {
    /// The person, or the policy's author where policy decided.
    public let by: Author
    /// When.
    public let at: Instant

    /// A decision of somebody at a moment.
    public init(by: Author, at: Instant) {
      self.by = by
      self.at = at
    }
  }

  /// The approval of the newest revision.
  public var approved: Decision?
  /// The rejection.
  public var rejected: Decision?
  /// Why it was rejected, at most 1000 characters.
  public var rejectionReason: String?

  /// A state of the given decisions.
  public init(
    approved: Decision? = nil, rejected: Decision? = nil, rejectionReason: String? = nil
  ) {
    self.approved = approved
    self.rejected = rejected
    self.rejectionReason = rejectionReason
  }

  func json(channels: [ApprovalChannel]) -> JSONValue {
    var object: JSONObject = ["channels": .strings(channels.map(\.rawValue))]
    object.append("approved_by", .text(approved?.by.rawValue))
    object.append("approved_at", .text(approved?.at.rfc3339))
    object.append("rejected_by", .text(rejected?.by.rawValue))
    object.append("rejected_at", .text(rejected?.at.rfc3339))
    object.append("rejection_reason", .text(rejectionReason))
    return .object(object)
  }
}

/// What came of an execution.
public struct ExecutionResult: Hashable, Sendable {
  /// Whether the effect is proven.
  public var success: Bool
  /// What went wrong.
  public var errorMessage: String?
  /// The provider's id of the effect.
  public var externalID: String?
  /// What else happened.
  public var sideEffects: [String]

  /// A result of the given parts.
  public init(
    success: Bool, errorMessage: String? = nil, externalID: String? = nil,
    sideEffects: [String] = []
  ) {
    self.success = success
    self.errorMessage = errorMessage
    self.externalID = externalID
    self.sideEffects = sideEffects
  }

  /// The result on the wire.
  public var json: JSONValue {
    var object: JSONObject = ["success": .bool(success)]
    object.append("error_message", .text(errorMessage))
    object.append("external_id", .text(externalID))
    object.append("side_effects", .strings(sideEffects))
    return .object(object)
  }
}
