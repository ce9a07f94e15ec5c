import ActionProtocol
import Decisions

extension ActionState {
  /// For programs: how the action stands, without its content.
  public var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "action_id": .string(id.rawValue), "org_id": .string(org.rawValue),
      "action_type": .string(type.rawValue), "operation": .string(operation.rawValue),
      "title": .string(title), "risk_level": .string(risk.rawValue),
      "delivery": .string(delivery.rawValue), "priority": .string(priority.word),
      "status": .string(status.rawValue), "hold": hold?.json ?? .null,
      "revision": .integer(Int64(revision)), "digest": .string(digest.hex),
      "partner_id": partner.map { .integer($0.rawValue) } ?? .null,
      "created_by": .string(createdBy.rawValue),
      "created_at": .string(createdAt.rfc3339),
      "expires_at": .string(expiresAt.rfc3339), "execute_by": text(executeBy?.rfc3339),
      "approved_by": text(approval?.by.rawValue),
      "rejection_reason": text(rejection?.reason), "provider_id": text(providerID),
      "error_code": text(errorCode), "error_message": text(errorMessage),
      "executed_at": text(executedAt?.rfc3339),
    ]
  }
}
