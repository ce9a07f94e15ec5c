import ActionProtocol
import Addressing
import Decisions
import Insights

/// An answer by SMS that says something about further messages, without its words.
struct ReplyAnswer: Sendable {
  /// ``SMSReply/identity``.
  let reply: String
  let providerID: String?
  let from: PhoneNumber
  let at: Instant?
  let word: OptOutAnswer

  /// Nil for anything else.
  init?(_ reply: SMSReply) {
    word = OptOutAnswer(reply.text)
    guard word != .other else { return nil }
    self.reply = reply.identity
    providerID = reply.providerID
    from = reply.from
    at = reply.at
  }

  /// In the order in which they came; one without a time is the last.
  func isBefore(_ other: ReplyAnswer) -> Bool {
    guard let at else { return false }
    return other.at.map { at < $0 } ?? true
  }

  var isObjection: Bool { word == .stop || word == .unclear }
}

/// What an answer by SMS changes, with its audit entry in the same transaction.
struct ReplyBook {
  let store: any StoreTransaction
  let entropy: Entropy
  let organisation: Organisation

  private static let source = ReplyReader.source
  private var org: OrgID { organisation.id }

  /// Forbids further SMS to the number: all of them, or those that nobody has to send until a person has
  /// looked.
  /// - Returns: false where it was forbidden already.
  func stop(_ answer: ReplyAnswer) throws -> Bool {
    let suppression = Suppression(
      org: org, id: entropy.uuid7(store.now), channel: .sms, address: .of(answer.from),
      scope: answer.word == .stop ? .all : .marketing, reason: .stop, source: Self.source,
      createdAt: store.now, evidence: answer.providerID, addressText: answer.from.e164)
    return try SuppressionBook(store: store).add(suppression, by: .engine, via: Self.source)
      != .known
  }

  /// Takes back what an earlier answer of the same number forbade, and puts on record that they asked.
  /// What a person, the law or a network forbade stays; so does everything where nobody can say which
  /// word was the last.
  /// - Parameter all: every answer that the provider lists now.
  /// - Returns: whether anything was taken back.
  func lift(_ answer: ReplyAnswer, among all: [ReplyAnswer]) throws -> Bool {
    guard let at = answer.at else { return false }
    let objections = all.filter { $0.from == answer.from && $0.isObjection }
    guard objections.allSatisfy({ $0.at.map { $0 < at } ?? false }) else { return false }
    let earlier = Set(objections.compactMap(\.providerID))
    let stops = try store.suppressions(org, .sms, of: [.of(answer.from)], at: store.now)
      .filter { $0.reason == .stop }
    // It was kept when it was read, which may be after this answer came in.
    let ended = stops.filter { $0.createdAt < at || $0.evidence.map(earlier.contains) ?? false }
    var details: JSONObject = ["asked_again_at": .string(at.rfc3339)]
    if let id = answer.providerID { details["asked_again_by"] = .string(id) }
    for suppression in ended {
      _ = try SuppressionBook(store: store).remove(
        suppression, by: .recipient, via: Self.source, note: nil, details: details)
    }
    try consent(answer, at)
    if !ended.isEmpty { _ = try store.releaseHolds(org, .needsPerson) }
    return !ended.isEmpty
  }

  /// Who asks for messages allows them from then on; the answer is the proof.
  private func consent(_ answer: ReplyAnswer, _ at: Instant) throws {
    let consent = Consent(
      org: org, id: entropy.uuid7(store.now), channel: .sms, address: AddressDigest.of(answer.from),
      basis: .express, scope: .all, obtainedAt: at, source: Self.source,
      evidence: answer.providerID, recordedAt: store.now, recordedBy: .recipient,
      addressText: answer.from.e164)
    _ = try ConsentBook(store: store).add(consent, by: .recipient, via: Self.source)
  }
}
