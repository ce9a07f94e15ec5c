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
  /// The number an SMS will come from; nil: the provider's shared one.
  public let smsSender: PhoneNumber?
  /// Until when it may be decided.
  public let expiresAt: Instant

  /// A revision of the given parts.
  public init(
    proposal: Proposal, actionID: ActionID, number: Int, sender: Mailbox?, replyTo: Mailbox?,
    smsSender: PhoneNumber? = nil, expiresAt: Instant
  ) {
    self.proposal = proposal
    self.actionID = actionID
    self.number = number
    self.sender = sender
    self.replyTo = replyTo
    self.smsSender = smsSender
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

  /// Both digests.
  public var digests: Digests {
    digests(of: StoredProposal(proposal))
  }

  /// Both digests, taken over the very bytes that `stored` was read from.
  /// - Parameter stored: the canonical document of this revision's proposal.
  public func digests(of stored: StoredProposal) -> Digests {
    let input = members(of: stored)
    let operation = input.filter { $0.key == "operation" }
    let request: [(key: String, value: CanonicalJSON.Part)] =
      operation + [("reply_to", .value(replyToJSON)), ("sender", .value(senderJSON))]
    let capacity = stored.bytes.count + 1024
    return Digests(
      revision: .sha256(CanonicalJSON.encode(input, capacity: capacity)),
      request: .sha256(CanonicalJSON.encode(request, capacity: capacity)))
  }

  /// The object that `digest` is taken of.
  public var digestInput: JSONObject {
    var object = JSONObject()
    for case (let key, .value(let value)) in members(of: nil) { object.append(key, value) }
    return object
  }

  /// What ``digest`` is taken of, in canonical order: what is sent or changed comes as the bytes of
  /// the document, what Intake resolved is written; without a document everything is.
  private func members(
    of stored: StoredProposal?
  ) -> [(key: String, value: CanonicalJSON.Part)] {
    func part(_ key: String, _ json: @autoclosure () -> JSONValue) -> CanonicalJSON.Part {
      stored?.part(key) ?? .value(json())
    }
    let attachments = proposal.operation.attachments.map { file -> JSONValue in
      ["blob_sha256": .string(file.blobSHA256.hex), "bytes": .integer(file.bytes)]
    }
    return [
      ("action_id", .value(.string(actionID.rawValue))),
      ("action_type", .value(.string(proposal.actionType.rawValue))),
      ("affected_records", part("affected_records", proposal.affectedRecords.json)),
      ("attachments", .value(.array(attachments))),
      ("expires_at", .value(.string(expiresAt.rfc3339))),
      (
        "external_effects",
        part("external_effects", .array(proposal.externalEffects.map(\.json)))
      ),
      ("operation", part("operation", proposal.operation.json)),
      ("org_id", .value(.string(proposal.orgID.rawValue))),
      (
        "proposed_changes",
        part("proposed_changes", .array(proposal.proposedChanges.map(\.json)))
      ),
      ("reply_to", .value(replyToJSON)),
      ("revalidation_plan", part("revalidation_plan", proposal.planJSON)),
      ("revision", .value(.integer(Int64(number)))),
      ("sender", .value(senderJSON)),
      ("version", .value(.string(Proposal.version))),
    ]
  }

  /// A message has one of the two.
  private var senderJSON: JSONValue { .text(sender?.rawValue ?? smsSender?.e164) ?? .null }
  private var replyToJSON: JSONValue { .text(replyTo?.rawValue) ?? .null }
}
