import ActionProtocol

extension BooksChange {
  /// The change that a revision stands for; nil where it is none.
  static func stored(
    _ org: OrgID, _ id: ActionID, revision: Int, before: JSONObject = [:],
    _ store: any StoreReading
  ) throws -> BooksChange? {
    guard let record = try store.revision(org, id, revision),
      case .success(let proposal) = ProposalReader.read(record.document),
      let operation = Operation(proposal.operation)
    else { return nil }
    return BooksChange(org: org, action: id, operation: operation, before: before)
  }
}

extension BooksChange.Operation {
  /// Nil for what changes no records.
  init?(_ operation: TypedOperation) {
    switch operation {
    case .createTask(_, let task): self = .createTask(task)
    case .updateStage(_, let stage): self = .updateStage(stage)
    case .logActivity(_, let activity): self = .logActivity(activity)
    case .createNote(_, let note): self = .createNote(note)
    case .email, .sms, .scheduleFollowUp: return nil
    }
  }
}
