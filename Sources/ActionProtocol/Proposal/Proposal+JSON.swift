extension Proposal {
  /// The proposal on the wire, every default written out, absent fields left out.
  public var json: JSONValue { .object(jsonObject) }

  var jsonObject: JSONObject {
    var object = JSONObject()
    object.reserveCapacity(24)
    object.append("version", .string(Self.version))
    object.append("action_id", .text(actionID?.rawValue))
    object.append("org_id", .string(orgID.rawValue))
    object.append("action_type", .string(actionType.rawValue))
    object.append("safe_operation", .string(safeOperation.rawValue))
    object.append("risk_level", .string(riskLevel.rawValue))
    object.append("requires_approval", requiresApproval.map { .bool($0) })
    object.append("approval", ["channels": .strings(channels.map(\.rawValue))])
    object.append("expires_at", .text(expiresAt?.rfc3339))
    object.append("idempotency_key", .text(idempotencyKey?.rawValue))
    object.append("analysis_id", .text(analysisID))
    object.append("expected_effect", .string(expectedEffect))
    object.append("reasoning", .string(reasoning))
    object.append("affected_records", affectedRecords.json)
    object.append("proposed_changes", .array(proposedChanges.map(\.json)))
    object.append("revalidation_plan", planJSON)
    object.append("external_effects", .array(externalEffects.map(\.json)))
    object.append("operation", operation.json)
    object.append("estimated_impact", estimatedImpact?.json)
    object.append("rollback_strategy", .string(rollbackStrategy.rawValue))
    if !metadata.isEmpty { object.append("metadata", .object(metadata)) }
    return object
  }

  var planJSON: JSONValue { ["checks": .array(revalidationPlan.map(\.json))] }
}
