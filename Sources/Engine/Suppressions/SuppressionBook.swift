import ActionProtocol
import Decisions

/// Changes to the suppressions, each with its audit entry in the same transaction. The address stands
/// in a personal slot, so that it can be erased without breaking the proof.
struct SuppressionBook {
  let store: any StoreTransaction

  /// Keeps a suppression, merging. Whoever objects takes back what they had allowed.
  /// - Parameter note: a person's words, kept as personal data.
  func add(
    _ suppression: Suppression, by author: Author, via: String, note: String? = nil
  ) throws -> SuppressionInsert {
    let answer = try store.insert(suppression)
    switch answer {
    case .added: try append("suppression.added", suppression, author, via, note)
    case .prolonged: try append("suppression.prolonged", suppression, author, via, note)
    case .known: break
    }
    try ConsentBook(store: store).withdraw(after: suppression, by: author, via: via)
    return answer
  }

  /// - Parameters:
  ///   - note: a person's words, kept as personal data.
  ///   - details: what else speaks for it, without personal data.
  /// - Returns: false where it is not there.
  func remove(
    _ suppression: Suppression, by author: Author, via: String, note: String?,
    details: JSONObject = [:]
  ) throws -> Bool {
    guard try store.removeSuppression(suppression.org, suppression.id, at: store.now) else {
      return false
    }
    try append("suppression.removed", suppression, author, via, note, details)
    return true
  }

  private func append(
    _ kind: String, _ suppression: Suppression, _ author: Author, _ via: String, _ note: String?,
    _ more: JSONObject = [:]
  ) throws {
    var personal: [String: [UInt8]] = [:]
    if let text = suppression.addressText { personal["address"] = Array(text.utf8) }
    if let note { personal["reason"] = Array(note.utf8) }
    var details = suppression.details
    for (key, value) in more { details[key] = value }
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: author.rawValue, via: via,
          subject: "suppression:\(suppression.id)", details: details,
          personal: personal)
      ], org: suppression.org)
  }
}
