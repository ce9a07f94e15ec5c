import ActionProtocol
import Addressing
import Decisions

/// How far an org's answers by SMS were read. Kept among the installation's values: one short line.
struct ReplyState: Hashable, Sendable {
  /// So long a reading counts as proof that a STOP is heard: some looks may fail in between.
  static let trusted: Duration = .seconds(3600)

  var lookedAt: Instant
  /// When the provider last told all there was.
  var readAt: Instant?
  /// Why the last look read nothing; nil: it did.
  var code: String?
  /// The answers that concern us among what was read last, by ``SMSReply/identity``: each counts once.
  var taken: [String]

  /// The sandbox's answers are apart from the provider's.
  static func key(_ org: OrgID, _ delivery: DeliveryMode) -> String {
    delivery == .sandbox
      ? "sms_replies_in_sandbox:\(org.rawValue)" : "sms_replies:\(org.rawValue)"
  }

  /// The state of an org; nil where nobody has looked yet.
  static func of(
    _ org: OrgID, _ delivery: DeliveryMode, _ store: any OrganisationReading
  ) throws -> ReplyState? {
    try store.installationValue(key(org, delivery)).flatMap(ReplyState.init(text:))
  }

  init(lookedAt: Instant, readAt: Instant?, code: String?, taken: [String]) {
    self.lookedAt = lookedAt
    self.readAt = readAt
    self.code = code?.replacing(" ", with: "_")
    self.taken = taken
  }

  /// Nil where the line is none of ours; the next look then begins anew.
  init?(text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count >= 3, let looked = Int64(parts[0]) else { return nil }
    lookedAt = Instant(milliseconds: looked)
    readAt = Int64(parts[1]).map { Instant(milliseconds: $0) }
    code = parts[2] == "ok" ? nil : String(parts[2])
    taken = parts.dropFirst(3).map(String.init)
  }

  var text: String {
    let read = readAt.map { "\($0.milliseconds)" } ?? "never"
    return (["\(lookedAt.milliseconds)", read, code ?? "ok"] + taken).joined(separator: " ")
  }

  /// Whether a STOP that came in would be known by now. A permission that was taken away ends it at
  /// once; a provider that did not answer only when it has not for long.
  func isFresh(at now: Instant) -> Bool {
    guard let readAt, code != SuppressionSyncState.notPermitted else { return false }
    return readAt.advanced(by: Self.trusted) > now
  }
}

extension SMSReply {
  /// Tells one answer from another; holds nothing readable, and nothing of the text.
  var identity: String {
    let time = at.map { "\($0.milliseconds)" } ?? ""
    let name = "\(providerID ?? "")|\(from.e164)|\(time)"
    return String(Digest.sha256(Array(name.utf8)).hex.prefix(16))
  }
}
