import ActionProtocol
import Decisions

/// One-time codes as a second factor: setting up, confirming, removing, and as proof for a decision.
public struct CodeSetup: Sendable {
  let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  /// Makes a new key, which counts once it is confirmed. One that is confirmed is not replaced: it has
  /// to be removed with a code first.
  /// - Returns: what the app reads, and the key to type. Both are secrets, shown once.
  public func begin(
    issuer: String, by caller: Principal, via: String
  ) async throws -> (address: String, key: String) {
    let person = try Self.themselves(caller)
    let key = context.entropy.bytes(20)
    let sealed = try context.crypto.seal(key, CodeCheck.context(person))
    try await context.store.write { store in
      guard try store.codeKey(of: person)?.confirmedAt == nil else { throw Self.isSet }
      let book = AccessBook(store: store)
      try book.append(
        "code_key.begun", person, by: caller.author, via: via, in: book.orgs(of: person))
      try store.saveCodeKey(
        CodeRecord(person: person, sealed: sealed, createdAt: store.now), of: person)
    }
    return (OneTimeCode.address(key, person: person, issuer: issuer), OneTimeCode.base32(key))
  }

  /// Proves by a first code that the app has the key; from now on signing in asks for one.
  public func confirm(_ code: String, by caller: Principal, via: String) async throws {
    let person = try Self.themselves(caller)
    let crypto = context.crypto
    try await context.store.write { store in
      guard let record = try store.codeKey(of: person), record.confirmedAt == nil else {
        throw Self.notBegun
      }
      guard try CodeCheck(store: store, crypto: crypto).take(code, record),
        var taken = try store.codeKey(of: person)
      else { throw Self.wrong }
      taken.confirmedAt = store.now
      try store.saveCodeKey(taken, of: person)
      let book = AccessBook(store: store)
      try book.append(
        "code_key.confirmed", person, by: caller.author, via: via, in: book.orgs(of: person))
    }
  }

  /// Takes the key away: with a code of it by its person; without one by whoever may change the person,
  /// for a lost phone.
  public func remove(
    of person: PersonID, code: String?, by caller: Principal, via: String
  ) async throws {
    let crypto = context.crypto
    try await context.store.write { store in
      guard let record = try store.codeKey(of: person) else { throw Self.notBegun }
      let book = AccessBook(store: store)
      if caller.isThemselves(person), record.confirmedAt != nil {
        guard let code, try CodeCheck(store: store, crypto: crypto).take(code, record) else {
          throw Self.wrong
        }
      } else if !caller.isThemselves(person) {
        try AccessGate(store).permitOver(person, for: caller)
      }
      try store.saveCodeKey(nil, of: person)
      try book.append(
        "code_key.removed", person, by: caller.author, via: via, in: book.orgs(of: person))
    }
  }

  /// Proof for one decision: the code is taken and never counts again. Wrong ones count as wrong
  /// passwords of the account.
  /// - Returns: when it was taken; that it was, is AIOM's word: a code proves nothing to a stranger.
  /// - Throws: ``AccessError`` `step_up.…`.
  public func prove(
    _ code: String, for action: Digest, by caller: Principal, via: String
  ) async throws -> StepUpEvidence {
    guard let person = caller.person, caller.author.kind == .person else { throw Self.personOnly }
    let crypto = context.crypto
    let key = Digest.sha256(Array("account:\(person.rawValue)".utf8))
    let outcome = try await context.store.write { store -> Result<StepUpEvidence, AccessError> in
      guard let record = try store.codeKey(of: person), record.confirmedAt != nil else {
        return .failure(Self.none)
      }
      let failures = try store.loginFailures(key)
      if let end = LoginThrottle.account.opens(failures, now: store.now) {
        return .failure(Self.wait(end, store.now))
      }
      guard try CodeCheck(store: store, crypto: crypto).take(code, record) else {
        try store.save(LoginThrottle.account.failed(failures, now: store.now), key)
        return .failure(Self.wrong)
      }
      let book = AccessBook(store: store)
      try book.append(
        "step_up.code", person, by: caller.author, via: via, in: book.orgs(of: person),
        details: ["action_digest": .string(action.hex)])
      let evidence = CanonicalJSON.encode([
        "method": "totp", "action_digest": .string(action.hex),
        "person": .string(person.rawValue), "at": .string(store.now.rfc3339),
      ])
      return .success(StepUpEvidence(method: .totp, at: store.now, evidence: evidence))
    }
    return try outcome.get()
  }

  private static func themselves(_ caller: Principal) throws -> PersonID {
    guard let person = caller.person, caller.isThemselves(person) else { throw personOnly }
    return person
  }

  private static func wait(_ end: Instant, _ now: Instant) -> AccessError {
    AccessError(
      .tooMany(seconds: max(1, Int(end.duration(since: now).components.seconds) + 1)), "login.wait",
      "There were too many wrong codes.", remedy: "Wait until \(end.rfc3339), then try again.")
  }

  private static let personOnly = AccessError(
    .forbidden, "step_up.person", "One-time codes belong to a person who is signed in.",
    remedy: "Sign in: aiom login.")
  private static let none = AccessError(
    .forbidden, "step_up.none", "This needs a one-time code, and you have no app for them set up.",
    remedy: "Set one up: aiom person codes.")
  private static let wrong = AccessError(
    .invalid, "step_up.wrong", "The code is wrong, was used already, or is too old.",
    remedy: "Type the six digits that the app shows now; each counts once.")
  private static let isSet = AccessError(
    .conflict, "code_key.set", "One-time codes are set up already.",
    remedy: "Remove them first, with a code: aiom person codes --remove.")
  private static let notBegun = AccessError(
    .conflict, "code_key.none", "There is no key to confirm or remove.",
    remedy: "Begin with: aiom person codes.")
}
