import ActionProtocol
import Decisions
import Testing

@Suite struct CommitmentTests {
  private static let salt: [UInt8] = Array(0..<32)

  private func hex(
    _ payload: [UInt8], slot: String = "reason", sequence: Int64 = 1, salt: [UInt8] = salt
  ) -> String {
    Commitment(payload: payload, slot: slot, sequence: sequence, salt: salt).digest.hex
  }

  /// Computed with Python's hashlib from the layout that the initialiser documents.
  @Test func `the digest is that of an independent implementation`() {
    #expect(
      hex(Array("called the customer".utf8))
        == "800c617fc9cc4263cfd9ab87adb2a913187879f95a58b8bbf7529441e4c3fbdf")
    #expect(
      hex([UInt8](repeating: UInt8(ascii: "x"), count: 257), slot: "recipient", sequence: 7)
        == "684f39eb8107150e1c72d8343917d061450232d1ab32633d17a4d78086902ab7")
    #expect(
      hex([], slot: "body", sequence: 1_099_511_627_779)
        == "ef0d20a5525b6596d574662324c482b1f118bc7efbdedda48f5c022c33c2a4aa")
  }

  @Test(arguments: Seeds.all)
  func `equal values never look equal`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let payload = Array("ann@example.com".utf8)
    let digests = Set((0..<200).map { _ in hex(payload, salt: generator.bytes(32)) })
    #expect(digests.count == 200, "seed \(seed)")
  }

  @Test func `moving a value to another entry or slot changes its digest`() {
    let payload = Array("ann@example.com".utf8)
    let digests = [
      hex(payload), hex(payload, sequence: 2), hex(payload, slot: "recipient"),
      hex(payload, salt: Self.salt.reversed()),
    ]
    #expect(Set(digests).count == 4)
  }

  @Test func `padding zeros belong to no payload`() {
    // All of these are padded to the same 256 bytes; only the length tells them apart.
    let digests = (0...256).map { hex([UInt8](repeating: 0, count: $0)) }
    #expect(Set(digests).count == 257)
  }

  @Test func `slot and payload cannot be shifted into each other`() {
    #expect(hex(Array("bc".utf8), slot: "a") != hex(Array("c".utf8), slot: "ab"))
    #expect(hex([], slot: "a") != hex([0], slot: "a"))
  }

  @Test(arguments: Seeds.all)
  func `any changed byte of the payload changes the digest`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let payload = generator.bytes(300)
    let digest = hex(payload)
    for index in payload.indices {
      var changed = payload
      changed[index] ^= UInt8.random(in: 1...255, using: &generator)
      #expect(hex(changed) != digest, "byte \(index), seed \(seed)")
    }
  }
}
