import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct SignInTests {
  private static func tried(
    _ house: AccessHouse, _ handle: String, _ password: String, from address: String? = nil
  ) async throws -> String {
    try await house.outcome {
      _ = try await house.signIn.login(
        handle, password: password, from: address, place: .web, via: "test")
    }
  }

  @Test func `an unknown, a disabled and a passwordless person look like a wrong password`()
    async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    try await house.add("bo", [.viewer], by: owner)
    try await house.people.setActive(AccessHouse.id("bo"), false, by: owner, via: "test")
    _ = try await house.people.add(
      NewPerson(id: AccessHouse.id("new"), name: "New"), roles: [.viewer], in: house.org,
      password: nil, by: owner, via: "test")
    for handle in ["nobody", "bo", "new", "Not A Handle", ""] {
      #expect(
        try await Self.tried(house, handle, AccessHouse.password) == "login.wrong", "\(handle)")
    }
    #expect(try await Self.tried(house, "ann", "wrong") == "login.wrong")
    #expect(try await Self.tried(house, "ANN", AccessHouse.password) == "done")
  }

  @Test func `five wrong passwords lock an account for a while, known or not`() async throws {
    let house = try await AccessHouse()
    _ = try await house.owner()
    for handle in ["ann", "nobody"] {
      for _ in 1...5 { #expect(try await Self.tried(house, handle, "wrong") == "login.wrong") }
      #expect(
        try await Self.tried(house, handle, AccessHouse.password) == "login.wait", "\(handle)")
    }
    house.house.clock.advance(by: .seconds(29))
    #expect(try await Self.tried(house, "ann", AccessHouse.password) == "login.wait")
    house.house.clock.advance(by: .seconds(1))
    #expect(try await Self.tried(house, "ann", AccessHouse.password) == "done")
    #expect(try await Self.tried(house, "ann", "wrong") == "login.wrong", "counted anew")
    #expect(try await house.audit().filter { $0.hasPrefix("login.locked") }.count == 1)
  }

  @Test func `an address that tries many accounts waits, others do not`() async throws {
    let house = try await AccessHouse()
    _ = try await house.owner()
    for number in 1...20 {
      #expect(
        try await Self.tried(house, "guess\(number)", "wrong", from: "192.0.2.1") == "login.wrong")
    }
    #expect(
      try await Self.tried(house, "ann", AccessHouse.password, from: "192.0.2.1") == "login.wait")
    #expect(try await Self.tried(house, "ann", AccessHouse.password, from: "192.0.2.2") == "done")
  }

  @Test func `a session ends unused, by logging out, everywhere, and with a new password`()
    async throws
  {
    let house = try await AccessHouse()
    _ = try await house.owner()
    func begun() async throws -> (String, Principal) {
      let token = try await house.signIn.login(
        "ann", password: AccessHouse.password, from: nil, place: .web, via: "test"
      ).token
      return (token, try await house.signIn.caller(token))
    }
    func state(_ token: String) async throws -> String {
      try await house.outcome { _ = try await house.signIn.caller(token) }
    }
    let (out, caller) = try await begun()
    try await house.signIn.logout(caller, via: "test")
    #expect(try await state(out) == "credential.unknown")
    let (everywhere, other) = try await begun()
    try await house.people.signOut(AccessHouse.id("ann"), by: other, via: "test")
    #expect(try await state(everywhere) == "credential.unknown")
    let (old, _) = try await begun()
    let (own, changing) = try await begun()
    let wrong = try await house.outcome {
      try await house.people.changePassword(
        from: "wrong", to: "another long pass phrase", by: changing, via: "test")
    }
    #expect(wrong == "password.wrong")
    try await house.people.changePassword(
      from: AccessHouse.password, to: "another long pass phrase", by: changing, via: "test")
    #expect(try await state(old) == "credential.unknown")
    #expect(try await state(own) == "done")
    // Used, it lasts; unused for an hour it has ended.
    house.house.clock.advance(by: .seconds(3599))
    #expect(try await state(own) == "done")
    house.house.clock.advance(by: .seconds(3600))
    #expect(try await state(own) == "credential.ended")
  }

  @Test func `one-time codes: confirmed, asked for at login, never twice, removed with a code`()
    async throws
  {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    let clock = house.house.clock
    let made = try await house.codes.begin(issuer: "AIOM", by: owner, via: "test")
    func code() -> String { Self.code(of: made.key, at: clock.now) }
    let early = try await house.outcome { _ = try await house.signedIn("ann") }
    #expect(early == "done", "what is not confirmed asks for nothing")
    let first = code()
    try await house.codes.confirm(first, by: owner, via: "test")
    #expect(try await house.outcome { _ = try await house.signedIn("ann") } == "login.code")
    #expect(
      try await house.outcome { _ = try await house.signedIn("ann", code: first) } == "login.wrong",
      "a replay")
    clock.advance(by: .seconds(30))
    let caller = try await house.signedIn("ann", code: code())
    let digest = Digest.sha256([1])
    #expect(
      try await house.outcome {
        _ = try await house.codes.prove(code(), for: digest, by: caller, via: "test")
      } == "step_up.wrong", "the code of the login proves nothing else")
    clock.advance(by: .seconds(30))
    let proof = code()
    let taken = try await house.codes.prove(proof, for: digest, by: caller, via: "test")
    #expect(taken.at == clock.now)
    #expect(
      try await house.outcome {
        _ = try await house.codes.prove(proof, for: .sha256([2]), by: caller, via: "test")
      } == "step_up.wrong", "one code, one decision")
    clock.advance(by: .seconds(30))
    try await house.codes.remove(
      of: AccessHouse.id("ann"), code: code(), by: caller, via: "test")
    _ = try await house.signedIn("ann")
    #expect(
      try await house.outcome {
        _ = try await house.codes.prove(code(), for: digest, by: caller, via: "test")
      } == "step_up.none")
  }

  /// What an app shows for a key that was typed into it.
  static func code(of base32: String, at now: Instant) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (bytes, buffer, bits) = ([UInt8](), UInt32(0), 0)
    for letter in base32 {
      buffer = buffer << 5 | UInt32(letters.firstIndex(of: letter) ?? 0)
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    let crypto = AccessCryptoForTests.crypto
    return OneTimeCode.digits(
      of: crypto.hmacSHA1(OneTimeCode.message(OneTimeCode.step(now)), bytes))
  }
}
