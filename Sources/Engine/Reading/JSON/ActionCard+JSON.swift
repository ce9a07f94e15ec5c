import ActionProtocol
import Decisions

extension ActionCard {
  /// For programs: everything that a person is shown before deciding, and the whole proposal.
  public var json: JSONValue { CardJSON.value(self) }
}

private enum CardJSON {
  static func value(_ card: ActionCard) -> JSONValue {
    [
      "sentence": .string(card.sentence), "action": card.state.json,
      "stopped": card.stop?.json ?? .null,
      "delivery": .string(card.delivery.rawValue), "proposal": card.proposal.json,
      "sender": card.revision.sender.map { .string($0) } ?? .null,
      "reply_to": card.revision.replyTo.map { .string($0) } ?? .null,
      "sender_choice": card.revision.choice.map(choice) ?? .null,
      "sender_problem": card.senderProblem.map { .string($0.rawValue) } ?? .null,
      "next_allowed": card.nextAllowed.map { .string($0.rfc3339) } ?? .null,
      "guard": card.guardVerdict.map { verdict($0, card) } ?? .null,
      "policy": card.policy?.json ?? .null, "approval": card.approval?.json ?? .null,
      "remarks": .array(card.remarks.map(\.json)), "inbox": card.mark?.json ?? .null,
      "facts": .array(card.records.map(record)), "revisions": .array(card.revisions.map(revision)),
      "attempts": .array(card.attempts.map { attempt($0, card.stages) }),
      "evidence": .array(card.evidence.map(evidence)),
      "events": .array(card.events.map(event)),
      "delivery_state": card.events.isEmpty
        ? .null : .string(DeliveryState(card.events.map(\.event)).word),
    ]
  }

  private static func choice(_ choice: SenderChoice) -> JSONValue {
    [
      "reason": .string(choice.reason.rawValue),
      "sender": .string(choice.sender?.rawValue ?? SenderID.reserved),
      "salesperson": choice.salesperson.map { .string($0) } ?? .null,
    ]
  }

  private static func verdict(_ verdict: GuardVerdict, _ card: ActionCard) -> JSONValue {
    let reasons = JSONValue.array(verdict.reasons.map { reason($0, card) })
    return switch verdict {
    case .send: ["verdict": "send"]
    case .wait(let until, _):
      ["verdict": "wait", "until": .string(until.rfc3339), "reasons": reasons]
    case .needsPerson: ["verdict": "needs_person", "reasons": reasons]
    case .drop: ["verdict": "drop", "reasons": reasons]
    }
  }

  private static func reason(_ reason: GuardReason, _ card: ActionCard) -> JSONValue {
    var json: JSONObject = [
      "rule": .string(reason.rule), "hold": .string(reason.hold.rawValue),
      "limit": reason.limit.json,
      "until": reason.until.map { .string($0.rfc3339) } ?? .null,
    ]
    if let found = reason.found { json["found"] = .string(found) }
    if let since = reason.since { json["since"] = .string(since.rfc3339) }
    if let address = reason.address {
      json["recipient"] = card.recipient(address).map { .string($0) } ?? .null
    }
    return .object(json)
  }

  private static func record(_ record: LedgerRecord) -> JSONValue {
    [
      "record": .string(record.reference.rawValue), "as_of": .string(record.asOf.rfc3339),
      "fields": .object(record.fields),
    ]
  }

  private static func revision(_ revision: RevisionRecord) -> JSONValue {
    [
      "number": .integer(Int64(revision.number)), "digest": .string(revision.digest.hex),
      "cause": .string(revision.cause), "created_by": .string(revision.createdBy.rawValue),
      "created_at": .string(revision.createdAt.rfc3339),
      "expires_at": .string(revision.expiresAt.rfc3339),
    ]
  }

  private static func attempt(
    _ attempt: AttemptRecord, _ stages: [OperationStage]
  ) -> JSONValue {
    let operation = attempt.intent.operation
    let own = stages.filter { $0.revision == operation.revision && $0.call == operation.call }
    return [
      "operation": .string(operation.rawValue), "at": .string(attempt.intent.at.rfc3339),
      "delivery": .string(attempt.intent.delivery.rawValue),
      "outcome": attempt.outcome.map { .string($0) } ?? .null,
      "detail": attempt.detail.map { .string($0) } ?? .null,
      "provider_id": attempt.providerID.map { .string($0) } ?? .null,
      "proven_at": attempt.provenAt.map { .string($0.rfc3339) } ?? .null,
      "person_asked": attempt.askedWhy.map { .string($0) } ?? .null,
      "stages": .array(own.map(\.stage.json)),
    ]
  }

  private static func evidence(_ evidence: Evidence) -> JSONValue {
    [
      "source": .string(evidence.source), "outcome": .string(evidence.outcome),
      "provider_id": evidence.providerID.map { .string($0) } ?? .null,
      "at": .string(evidence.at.rfc3339),
    ]
  }

  private static func event(_ event: ActionEvent) -> JSONValue {
    [
      "operation": .string(event.operation.rawValue), "kind": .string(event.event.kind.rawValue),
      "name": .string(event.event.name), "channel": .string(event.event.channel.rawValue),
      "at": .string(event.at.rfc3339), "received_at": .string(event.receivedAt.rfc3339),
      "recipient": event.event.recipient.map { .string($0) } ?? .null,
      "provider_id": event.event.providerID.map { .string($0) } ?? .null,
      "code": event.event.code.map { .string($0) } ?? .null,
      "id": .string(event.event.eventID),
    ]
  }
}
