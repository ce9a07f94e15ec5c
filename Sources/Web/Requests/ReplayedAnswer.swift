import ActionProtocol
import Decisions
import Engine
import HTTPTypes

/// Answers what changes something through the API once for each `Idempotency-Key` (the IETF's draft
/// httpapi-idempotency-key-header): asked again, the first answer comes back.
struct ReplayedAnswer: Sendable {
  private let replays: Replays
  /// Told what could not be remembered.
  private let missed: @Sendable (any Error) -> Void

  init(_ context: AccessContext, missed: @escaping @Sendable (any Error) -> Void) {
    replays = Replays(context.store)
    self.missed = missed
  }

  /// The key of a request; nil: it names none.
  /// - Throws: ``Problem`` where it is none, or the route answers secrets, of which nothing is kept.
  static func key(_ route: Route, _ request: WebRequest) throws(Problem) -> ReplayKey? {
    guard route.template.text.hasPrefix("/api/"), let field = request.fields[.idempotencyKey] else {
      return nil
    }
    guard route.mayBeReplayed, let org = request.org, let caller = request.caller else {
      throw .idempotencyKeyUnwanted
    }
    // The draft has a quoted string, most clients a bare word.
    let isQuoted = field.count > 1 && field.hasPrefix("\"") && field.hasSuffix("\"")
    let text = isQuoted ? String(field.dropFirst().dropLast()) : field
    guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { throw .idempotencyKeyUnreadable }
    return ReplayKey(org: org, author: caller.author, text: text)
  }

  func answer(
    _ request: WebRequest, path: String, _ key: ReplayKey, body: RequestReading,
    _ handler: any WritingHandler
  ) async throws -> WebAnswer {
    let bytes = try await body()
    let digest = Digest.sha256(Array("POST \(path)\n".utf8) + bytes)
    switch try await replays.begin(key, digest) {
    case .another: throw Problem.idempotencyKeyReused
    case .running: throw Problem.idempotencyKeyRunning
    case .answered(let kept): return .kept(kept)
    case .fresh(let record):
      let answer: WebAnswer
      do {
        answer = try await handler.answer(request) { bytes }
      } catch {
        // What was refused may be asked again, corrected or later.
        await remember { try await replays.forget(record) }
        throw error
      }
      await remember {
        try await replays.keep(
          KeptAnswer(status: answer.status.code, mediaType: answer.mediaType, body: answer.body),
          of: record)
      }
      return answer
    }
  }

  /// What was done or refused stands, whether or not that can be remembered; where it cannot, the key is
  /// free again after ``Replays/patience``.
  private func remember(_ note: () async throws -> Void) async {
    do { try await note() } catch { missed(error) }
  }
}

extension Route {
  /// Whether its answer may be kept: where a right in an org is asked for, something changes, and no
  /// secret is answered.
  var mayBeReplayed: Bool {
    guard case .right(let right) = role else { return false }
    return right != .people && !isQuestion
  }
}

extension HTTPField.Name {
  static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .accept
  static let idempotentReplayed = HTTPField.Name("Idempotent-Replayed") ?? .accept
}

extension Problem {
  static let idempotencyKeyUnwanted = Problem(
    .badRequest, "idempotency_key.unwanted",
    "Idempotency-Key is not taken here: of credentials and secrets no answer is kept.",
    remedy: "Leave the field out.")

  static let idempotencyKeyUnreadable = Problem(
    .badRequest, "idempotency_key.unreadable",
    "Idempotency-Key has to be 1 to 200 visible ASCII characters.",
    remedy: "Send a UUID.")

  static let idempotencyKeyReused = Problem(
    .unprocessableContent, "idempotency_key.reused",
    "This Idempotency-Key was sent with another request in the last 24 hours.",
    remedy: "Send a new key with each new request, and the same one only to repeat it unchanged.")

  static let idempotencyKeyRunning = Problem(
    .conflict, "idempotency_key.running",
    "The first request with this Idempotency-Key is still being answered.",
    remedy: "Repeat it in a moment.", fields: [.retryAfter: "1"])
}
