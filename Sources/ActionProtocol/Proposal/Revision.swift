import Addressing

/// One immutable revision of an action, with what Intake resolved.
public struct Revision: Hashable, Sendable {
  /// The content, complete with its plan.
  public let proposal: Proposal
  /// The action it belongs to.
  public let actionID: ActionID
  /// 1 for the first, one more for each edit.
  public let number: Int
  /// The sender the message will have; nil for operations that send no e-mail.
  public let sender: Mailbox?
  /// Where answers will go.
  public let replyTo: Mailbox?
  /// Until when it may be decided.
  public let expiresAt: Instant

  /// A revision of the given parts.
  public init(
    proposal: Proposal, actionID: ActionID, number: Int, sender: Mailbox?, replyTo: Mailbox?,
    expiresAt: Instant
  ) {
    self.proposal = proposal
    self.actionID = actionID
    self.number = number
    self.sender = sender
    self.replyTo = replyTo
    self.expiresAt = expiresAt
  }

  /// What approval, execution and audit name: SHA-256 over everything the receiver or the record
  /// will see (ENGINE.md, "The digest").
  public var digest: Digest { digests.revision }

  /// The digest of a revision, and that of its request alone.
  public struct Digests: Hashable, Sendable {
    /// See ``Revision/digest``.
    public let revision: Digest
    /// What leaves the house: operation, sender and reply address, without what only execution
    /// adds (operation header, Message-ID, Date).
    public let request: Digest
  }

  /// Both digests; the operation, the longest part of both, is written once.
  public var digests: Digests {
    let operation = CanonicalJSON.encode(proposal.operation.json)
    let request: JSONObject = ["reply_to": replyToJSON, "sender": senderJSON]
    return Digests(
      revision: .sha256(
        CanonicalJSON.encode(surroundings, with: "operation", canonical: operation)),
      request: .sha256(CanonicalJSON.encode(request, with: "operation", canonical: operation)))
  }

  /// The object that `digest` is taken of.
  public var digestInput: JSONObject {
    var whole = surroundings
    whole["operation"] = proposal.operation.json
    return whole
  }

  /// The digest's input but for the operation, in canonical order, which spares the encoder the
  /// sorting.
  private var surroundings: JSONObject {
    let attachments = proposal.operation.attachments.map { file -> JSONValue in
      ["blob_sha256": .string(file.blobSHA256.hex), "bytes": .integer(file.bytes)]
    }
    return [
      "action_id": .string(actionID.rawValue),
      "action_type": .string(proposal.actionType.rawValue),
      "affected_records": proposal.affectedRecords.json,
      "attachments": .array(attachments),
      "expires_at": .string(expiresAt.rfc3339),
      "external_effects": .array(proposal.externalEffects.map(\.json)),
      "org_id": .string(proposal.orgID.rawValue),
      "proposed_changes": .array(proposal.proposedChanges.map(\.json)),
      "reply_to": replyToJSON,
      "revalidation_plan": proposal.planJSON,
      "revision": .integer(Int64(number)),
      "sender": senderJSON,
      "version": .string(Proposal.version),
    ]
  }

  private var senderJSON: JSONValue { .text(sender?.rawValue) ?? .null }
  private var replyToJSON: JSONValue { .text(replyTo?.rawValue) ?? .null }
}
