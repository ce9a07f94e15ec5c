import ActionProtocol
import Credentials
import Decisions
import Engine
import Foundation
import TestSupport
import Testing

@Suite struct PasskeyTests {
  static let party = RelyingParty(id: "aiom.internal", origin: "https://aiom.internal:8443")
  static let action = Digest.sha256(Array("an approval".utf8))

  private static func challenge(_ options: JSONValue) throws -> [UInt8] {
    let text = try #require(options.objectValue?["challenge"]?.stringValue)
    return try #require(Base64URL.decode(text))
  }

  /// A house whose owner has a passkey.
  private static func withKey(
    _ body: (AccessHouse, Principal, inout SoftwareAuthenticator) async throws -> Void
  ) async throws {
    let house = try await AccessHouse()
    let owner = try await house.owner()
    var device = SoftwareAuthenticator()
    let passkeys = Passkeys(house.context, party: party)
    let challenge = try challenge(try await passkeys.registrationOptions(by: owner))
    let client = SoftwareAuthenticator.clientData("webauthn.create", challenge, party.origin)
    _ = try await passkeys.register(
      "phone", clientData: client, attestation: device.register(party.id), by: owner, via: "test")
    try await body(house, owner, &device)
  }

  @Test func `a passkey approves one digest, and the evidence can be checked by a stranger`()
    async throws
  {
    try await Self.withKey { house, owner, device in
      let passkeys = Passkeys(house.context, party: Self.party)
      let challenge = try Self.challenge(
        try await passkeys.approvalOptions(for: Self.action, by: owner))
      #expect(challenge.count == 64 && Array(challenge.suffix(32)) == Self.action.bytes)
      let client = SoftwareAuthenticator.clientData("webauthn.get", challenge, Self.party.origin)
      let assertion = try device.sign(client, Self.party.id)
      let proof = try await passkeys.prove(assertion, for: Self.action, by: owner, via: "test")
      #expect(proof.at == house.house.clock.now)
      guard case .success(.object(let evidence)) = JSONReader.read(proof.evidence) else {
        Issue.record("the evidence is no JSON")
        return
      }
      func part(_ name: String) throws -> [UInt8] {
        try #require(evidence[name]?.stringValue.flatMap(Base64URL.decode))
      }
      let message = try part("authenticator_data") + Digest.sha256(part("client_data")).bytes
      let isRight = AccessCryptoForTests.crypto.verifiesP256(
        try part("public_key"), try part("signature"), message)
      #expect(isRight)
      #expect(try Passkey.challenge(of: part("client_data"))?.suffix(32) == Self.action.bytes[...])
      #expect(
        try await house.outcome {
          _ = try await passkeys.prove(assertion, for: Self.action, by: owner, via: "test")
        } == "passkey.challenge", "a replay")
      #expect(
        try await house.audit().suffix(2) == [
          "passkey.added by person:ann", "step_up.passkey by person:ann",
        ])
    }
  }

  @Test func `an answer that differs in anything proves nothing`() async throws {
    try await Self.withKey { house, owner, device in
      let passkeys = Passkeys(house.context, party: Self.party)
      var device = device
      func tried(
        _ expected: String, asked: Digest = PasskeyTests.action, type: String = "webauthn.get",
        origin: String = PasskeyTests.party.origin, cross: Bool = false,
        party: String = PasskeyTests.party.id, own: [UInt8]? = nil,
        _ change: (inout PasskeyAssertion) -> Void = { _ in }
      ) async throws {
        let challenge = try Self.challenge(
          try await passkeys.approvalOptions(for: Self.action, by: owner))
        let client = SoftwareAuthenticator.clientData(type, own ?? challenge, origin, cross: cross)
        var assertion = try device.sign(client, party)
        change(&assertion)
        let outcome = try await house.outcome {
          _ = try await passkeys.prove(assertion, for: asked, by: owner, via: "test")
        }
        #expect(outcome == expected)
      }
      try await tried("step_up.other_action", asked: .sha256([1]))
      try await tried("passkey.client_data", type: "webauthn.create")
      try await tried("passkey.origin", origin: "https://evil.example")
      try await tried("passkey.origin", origin: "http://aiom.internal:8443")
      try await tried("passkey.origin", cross: true)
      try await tried("passkey.relying_party", party: "evil.example")
      try await tried("passkey.challenge", own: [UInt8](repeating: 1, count: 64))
      try await tried("passkey.signature") { $0.signature[$0.signature.count - 1] ^= 1 }
      try await tried("passkey.signature") { $0.authenticatorData[36] ^= 1 }
      try await tried("step_up.none") { $0.credential[0] ^= 1 }
      device.isVerifying = false
      try await tried("passkey.not_verified")
      device.isVerifying = true
      device.count = 0
      try await tried("done")
      device.count = 0
      try await tried("passkey.counter")
    }
  }

  @Test func `nobody answers another's question, and late answers count no more`() async throws {
    try await Self.withKey { house, owner, device in
      let passkeys = Passkeys(house.context, party: Self.party)
      let bo = try await house.add("bo", [.approver], by: owner)
      #expect(
        try await house.outcome {
          _ = try await passkeys.approvalOptions(for: Self.action, by: bo)
        } == "step_up.none")
      for (who, wait) in [(bo, 0), (owner, 300)] {
        let challenge = try Self.challenge(
          try await passkeys.approvalOptions(for: Self.action, by: owner))
        let client = SoftwareAuthenticator.clientData("webauthn.get", challenge, Self.party.origin)
        let assertion = try device.sign(client, Self.party.id)
        house.house.clock.advance(by: .seconds(wait))
        #expect(
          try await house.outcome {
            _ = try await passkeys.prove(assertion, for: Self.action, by: who, via: "test")
          } == "passkey.challenge")
      }
    }
  }
}
