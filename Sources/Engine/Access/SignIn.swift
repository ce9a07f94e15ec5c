import ActionProtocol
import Decisions

/// A session that has begun.
public struct SignedIn: Sendable {
  /// Shown once: the cookie's value, or what the command line keeps. A secret.
  public let token: String
  public let person: Person
  /// When it ends at the latest.
  public let endsAt: Instant
}

/// How somebody shows who they are: by password, session or token.
public struct SignIn: Sendable {
  let context: AccessContext

  public init(_ context: AccessContext) { self.context = context }

  // MARK: - Password

  /// Begins a session.
  ///
  /// Whether an account exists shows neither in the answer nor in the time it takes. Wrong passwords
  /// count for the account and for the address they come from; beyond some, both wait. Whoever has
  /// confirmed a key for one-time codes needs a code too.
  /// - Parameter address: where it comes from; nil at the command line.
  /// - Throws: ``AccessError``: `login.wrong`, `login.code`, `login.wait`; errors of the store.
  public func login(
    _ handle: String, password: String, code: String? = nil, from address: String?,
    place: SessionPlace, via: String
  ) async throws -> SignedIn {
    let handle = handle.lowercased()
    let keys = Self.keys(handle, address)
    let (found, record) = try await context.store.read { store in
      try Self.checkWait(keys, store)
      let person = try PersonID(rawValue: handle).flatMap { try store.person($0) }
      return (person, try person.flatMap { try store.password(of: $0.id) })
    }
    let isRight = try await Passwords(context: context).matches(password, record)
    let secret = AccessSecret.make(.session, context.entropy)
    let crypto = context.crypto
    // What is thrown undoes the transaction, so a failure is returned and thrown after its commit.
    let outcome = try await context.store.write { store -> Result<SignedIn, AccessError> in
      try Self.checkWait(keys, store)
      guard isRight, let found, let person = try store.person(found.id), person.isActive,
        try store.password(of: person.id) == record
      else { return .failure(try Self.failed(keys, found, via, store)) }
      if let problem = try Self.codeProblem(code, person.id, crypto, store) {
        // A missing code is no try: the page asks for it next.
        if code != nil { _ = try Self.failed(keys, found, via, store) }
        return .failure(problem)
      }
      try store.save(nil, keys[0].key)
      return .success(try Self.begin(person, place, secret, via, store))
    }
    return try outcome.get()
  }

  static func begin(
    _ person: Person, _ place: SessionPlace, _ secret: (text: String, digest: Digest),
    _ via: String, _ store: any StoreTransaction
  ) throws -> SignedIn {
    let now = store.now
    let day = Duration.seconds(86_400)
    try store.removeEndedAccess(
      sessionsBefore: now.advanced(by: day * -8), failuresBefore: now.advanced(by: day * -2))
    try store.insert(
      SessionRecord(
        digest: secret.digest, person: person.id, place: place, createdAt: now, seenAt: now))
    let book = AccessBook(store: store)
    if let author = person.id.author {
      try book.append(
        "session.started", person.id, by: author, via: via, in: book.orgs(of: person.id),
        details: ["place": .string(place.rawValue)])
    }
    return SignedIn(
      token: secret.text, person: person,
      endsAt: now.advanced(by: SessionRules.standard(place).longest))
  }

  private static func codeProblem(
    _ code: String?, _ person: PersonID, _ crypto: AccessCrypto, _ store: any StoreTransaction
  ) throws -> AccessError? {
    guard let key = try store.codeKey(of: person), key.confirmedAt != nil else { return nil }
    guard let code, !code.isEmpty else {
      return AccessError(
        .unauthenticated, "login.code", "This account also needs a one-time code.",
        remedy: "Type the six digits that your app shows.")
    }
    return try CodeCheck(store: store, crypto: crypto).take(code, key) ? nil : wrong
  }

  // MARK: - Waiting

  private typealias ThrottleKey = (key: Digest, rule: LoginThrottle)

  /// The account's first.
  private static func keys(_ handle: String, _ address: String?) -> [ThrottleKey] {
    let account = Digest.sha256(Array("account:\(handle.prefix(100))".utf8))
    let place = address.map { Digest.sha256(Array("address:\($0)".utf8)) }
    return [(account, .account)] + (place.map { [($0, .address)] } ?? [])
  }

  private static func checkWait(_ keys: [ThrottleKey], _ store: any StoreReading) throws {
    let ends = try keys.compactMap { key, rule in
      rule.opens(try store.loginFailures(key), now: store.now)
    }
    guard let end = ends.max() else { return }
    let left = end.duration(since: store.now).components
    throw AccessError(
      .tooMany(seconds: max(1, Int(left.seconds) + (left.attoseconds > 0 ? 1 : 0))), "login.wait",
      "There were too many wrong passwords.",
      remedy: "Wait until \(end.rfc3339), then try again. If it was not you, tell an owner.")
  }

  /// Counts a failure. That others have to wait from now on is audited, where there is somebody to tell.
  private static func failed(
    _ keys: [ThrottleKey], _ person: Person?, _ via: String, _ store: any StoreTransaction
  ) throws -> AccessError {
    for (index, (key, rule)) in keys.enumerated() {
      let failures = rule.failed(try store.loginFailures(key), now: store.now)
      try store.save(failures, key)
      if index == 0, rule.locks(failures), let person, let author = Author(.system, "sign-in") {
        let book = AccessBook(store: store)
        try book.append(
          "login.locked", person.id, by: author, via: via, in: book.orgs(of: person.id),
          details: ["failures": .integer(Int64(failures.count))])
      }
    }
    return wrong
  }

  /// One for all: no such person, wrong password, disabled, wrong code.
  private static let wrong = AccessError(
    .unauthenticated, "login.wrong", "Name, password or code is wrong.",
    remedy: "Check all of them. An owner can send a link for a new password: aiom person password.")
}

/// Taking one-time codes, inside a transaction.
struct CodeCheck {
  let store: any StoreTransaction
  let crypto: AccessCrypto

  /// Whether the code counts; it then never counts again.
  func take(_ code: String, _ record: CodeRecord) throws -> Bool {
    let key = try crypto.open(record.sealed, Self.context(record.person))
    let step = OneTimeCode.accepted(code, now: store.now, lastStep: record.lastStep) {
      crypto.hmacSHA1($0, key)
    }
    guard let step else { return false }
    return try store.takeCode(of: record.person, step: step)
  }

  /// A sealed key opens for its person alone.
  static func context(_ person: PersonID) -> [UInt8] { Array("code:\(person.rawValue)".utf8) }
}
