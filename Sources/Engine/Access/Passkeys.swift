import ActionProtocol
import Decisions

/// Passkeys as a second factor: registering, removing, and as proof for a decision.
public struct Passkeys: Sendable {
  /// How long a question may be answered.
  static let life = Duration.seconds(300)

  let context: AccessContext
  let party: RelyingParty

  public init(_ context: AccessContext, party: RelyingParty) {
    self.context = context
    self.party = party
  }

  // MARK: - Registering

  /// What the browser's `navigator.credentials.create` is asked with, its bytes in base64url.
  public func registrationOptions(by caller: Principal) async throws -> JSONValue {
    let person = try Self.themselves(caller)
    let challenge = try await ask(.register, of: person, action: nil)
    let (card, keys) = try await context.store.read { store in
      (try store.person(person), try store.passkeys(of: person))
    }
    return [
      "challenge": .string(Base64URL.encode(challenge)),
      "rp": ["id": .string(party.id), "name": "AIOM"],
      "user": [
        "id": .string(Base64URL.encode(Array(person.rawValue.utf8))),
        "name": .string(person.rawValue), "displayName": .string(card?.name ?? person.rawValue),
      ],
      "pubKeyCredParams": [["type": "public-key", "alg": -7]],
      "excludeCredentials": Self.descriptors(keys), "attestation": "none", "timeout": 300_000,
      "authenticatorSelection": ["userVerification": "required", "residentKey": "preferred"],
    ]
  }

  /// Keeps a new passkey.
  /// - Parameter name: 1 to 60 characters, for its person.
  public func register(
    _ name: String, clientData: [UInt8], attestation: [UInt8], by caller: Principal, via: String
  ) async throws -> PasskeyRecord {
    let person = try Self.themselves(caller)
    guard (1...60).contains(name.unicodeScalars.count),
      name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw AccessError(
        .invalid, "passkey.name", "The passkey's name must have 1 to 60 characters, in one line.",
        remedy: "Name the device, such as phone.")
    }
    let party = party
    return try await context.store.write { store in
      let challenge = try Self.take(clientData, .register, person, store)
      let made = try Passkey.registered(
        clientData: clientData, attestation: attestation, challenge: challenge.challenge,
        party: party)
      guard try !store.passkeys(of: person).contains(where: { $0.id == made.id }) else {
        throw AccessError(
          .conflict, "passkey.known", "This passkey is registered already.",
          remedy: "Use it, or register another one.")
      }
      let record = PasskeyRecord(
        id: made.id, person: person, name: name, publicKey: made.key, signCount: made.signCount,
        createdAt: store.now)
      let book = AccessBook(store: store)
      try book.append(
        "passkey.added", person, by: caller.author, via: via, in: book.orgs(of: person),
        details: ["passkey": .string(Self.word(made.id))])
      try store.insert(record)
      return record
    }
  }

  /// Takes a passkey away: one's own, or as whoever may change the person.
  public func remove(
    _ id: [UInt8], of person: PersonID, by caller: Principal, via: String
  ) async throws {
    try await context.store.write { store in
      if !caller.isThemselves(person) { try AccessGate(store).permitOver(person, for: caller) }
      let book = AccessBook(store: store)
      try book.append(
        "passkey.removed", person, by: caller.author, via: via, in: book.orgs(of: person),
        details: ["passkey": .string(Self.word(id))])
      guard try store.removePasskey(id, of: person) else {
        throw AccessError(
          .unknown, "passkey.unknown", "There is no such passkey.",
          remedy: "Look with: aiom person show \(person.rawValue).")
      }
    }
  }

  // MARK: - Proving

  /// What the browser's `navigator.credentials.get` is asked with, for one decision.
  /// - Throws: ``AccessError`` `step_up.none` where the person has no passkey.
  public func approvalOptions(for action: Digest, by caller: Principal) async throws -> JSONValue {
    let person = try Self.themselves(caller)
    let keys = try await context.store.read { try $0.passkeys(of: person) }
    guard !keys.isEmpty else { throw Self.none }
    let challenge = try await ask(.approve, of: person, action: action)
    return [
      "challenge": .string(Base64URL.encode(challenge)), "rpId": .string(party.id),
      "allowCredentials": Self.descriptors(keys), "userVerification": "required",
      "timeout": 300_000,
    ]
  }

  /// Takes an assertion as proof for one decision; its question never counts again. The evidence is
  /// canonical JSON from which a stranger can check which key approved which digest, without believing
  /// this server.
  public func prove(
    _ assertion: PasskeyAssertion, for action: Digest, by caller: Principal, via: String
  ) async throws -> StepUpEvidence {
    let person = try Self.themselves(caller)
    let (party, verifies) = (party, context.crypto.verifiesP256)
    return try await context.store.write { store in
      let challenge = try Self.take(assertion.clientData, .approve, person, store)
      guard challenge.action == action else { throw Self.otherAction }
      let known = try store.passkeys(of: person).first { $0.id == assertion.credential }
      guard let key = known else { throw Self.none }
      let count = try Passkey.asserted(
        assertion, challenge: challenge.challenge, party: party, signCount: key.signCount
      ) { verifies(key.publicKey, $0, $1) }
      try store.touchPasskey(key.id, signCount: count, at: store.now)
      let book = AccessBook(store: store)
      try book.append(
        "step_up.passkey", person, by: caller.author, via: via, in: book.orgs(of: person),
        details: [
          "action_digest": .string(action.hex), "passkey": .string(Self.word(key.id)),
        ])
      return StepUpEvidence(
        method: .passkey, at: store.now, evidence: Self.evidence(assertion, key, action, party))
    }
  }

  private static func evidence(
    _ assertion: PasskeyAssertion, _ key: PasskeyRecord, _ action: Digest, _ party: RelyingParty
  ) -> [UInt8] {
    CanonicalJSON.encode([
      "method": "passkey", "action_digest": .string(action.hex),
      "credential": .string(Base64URL.encode(assertion.credential)),
      "public_key": .string(Base64URL.encode(key.publicKey)),
      "client_data": .string(Base64URL.encode(assertion.clientData)),
      "authenticator_data": .string(Base64URL.encode(assertion.authenticatorData)),
      "signature": .string(Base64URL.encode(assertion.signature)),
      "rp_id": .string(party.id), "person": .string(key.person.rawValue),
    ])
  }

  // MARK: - Questions

  private func ask(
    _ purpose: ChallengeRecord.Purpose, of person: PersonID, action: Digest?
  ) async throws -> [UInt8] {
    let nonce = context.entropy.bytes(32)
    let challenge = action.map { Passkey.challenge(nonce: nonce, action: $0) } ?? nonce
    try await context.store.write { store in
      try store.insert(
        ChallengeRecord(
          challenge: challenge, person: person, purpose: purpose, action: action,
          expiresAt: store.now.advanced(by: Self.life)))
    }
    return challenge
  }

  /// The question that an answer names: it has to be one of the person, for this, and open.
  private static func take(
    _ clientData: [UInt8], _ purpose: ChallengeRecord.Purpose, _ person: PersonID,
    _ store: any StoreTransaction
  ) throws -> ChallengeRecord {
    guard let named = Passkey.challenge(of: clientData),
      let found = try store.takeChallenge(named), found.person == person, found.purpose == purpose
    else {
      throw AccessError(
        .invalid, "passkey.challenge", "The question was answered already, has ended, or was none.",
        remedy: "Begin again; there are five minutes to answer.")
    }
    return found
  }

  /// A short name of a key for records.
  static func word(_ id: [UInt8]) -> String { String(Base64URL.encode(id).prefix(16)) }

  private static func descriptors(_ keys: [PasskeyRecord]) -> JSONValue {
    .array(keys.map { ["type": "public-key", "id": .string(Base64URL.encode($0.id))] })
  }

  private static func themselves(_ caller: Principal) throws -> PersonID {
    guard let person = caller.person, caller.isThemselves(person) else {
      throw AccessError(
        .forbidden, "step_up.person", "Passkeys belong to a person who is signed in.",
        remedy: "Sign in first.")
    }
    return person
  }

  private static let none = AccessError(
    .forbidden, "step_up.none", "This needs a passkey, and you have none that is known here.",
    remedy: "Register one on your account's page.")

  private static let otherAction = AccessError(
    .invalid, "step_up.other_action", "The passkey's answer is about something else.",
    remedy: "Look at the card again, and approve what it shows now.")
}
