import ActionProtocol
import Decisions
import Testing

@Suite struct AuditLeafTests {
  private func approved() -> AuditEvent {
    AuditEvent(
      kind: "action.approved", actor: "person:local:ann", via: "cli",
      subject: "action:act-0000000001",
      actionID: ActionID(rawValue: "act-0000000001"), revision: 2,
      digest: Digest(hex: String(repeating: "a", count: 64)), details: ["delivery": "sandbox"])
  }

  private func leaf(_ event: AuditEvent, sequence: Int64 = 5) throws -> AuditLeaf {
    AuditLeaf(
      event, log: "acme", sequence: sequence, at: try at("2026-03-04T15:00:00Z"), salts: [:])
  }

  @Test func `the leaf hash is RFC 9162's`() {
    // Vector of an independent implementation (aics-tlog 0.2.1) for the leaf {"seq":0}.
    #expect(
      Digest.sha256([0] + Array(#"{"seq":0}"#.utf8)).hex
        == "a402b0e36f5aae85457360fcf00a2545b87dd47f310553e7b0d32d6d0ac4400d")
  }

  @Test func `an event's leaf is canonical JSON with the hash of its bytes`() throws {
    let leaf = try leaf(approved())
    let expected =
      #"{"action_digest":"\#(String(repeating: "a", count: 64))","actor":"person:local:ann","#
      + #""at":"2026-03-04T15:00:00.000Z","decision":{"delivery":"sandbox"},"#
      + #""kind":"action.approved","log":"acme","on":"action:act-0000000001","rev":2,"#
      + #""seq":5,"v":1,"via":"cli"}"#
    #expect(String(decoding: leaf.bytes, as: UTF8.self) == expected)
    // Computed with Python's hashlib over 0x00 and these bytes.
    #expect(
      leaf.hash.hex == "0c9ef0ac0e3f7f3f25e0423d9b6a5a2725a8e46b73fc092f355ab095ef8dafeb")
  }

  @Test func `personal data stands in the leaf as a commitment only`() throws {
    let event = AuditEvent(
      kind: "action.rejected", actor: "system:engine", via: "engine",
      subject: "action:act-0000000001", personal: ["reason": Array("too early".utf8)])
    let leaf = AuditLeaf(
      event, log: "acme", sequence: 6, at: try at("2026-03-04T15:00:00.001Z"),
      salts: ["reason": Array(0..<32)])
    let text = String(decoding: leaf.bytes, as: UTF8.self)
    #expect(!text.contains("too early"))
    #expect(
      text.contains(
        #""commits":{"reason":"db2a429e26298b2c8801528d1786587c4486bbad42004965edb3ab4ad8aa2d35"}"#
      ))
    #expect(
      leaf.hash.hex == "f5733d0fcd05e0f4ee483611deb4299969679f8c2a6e39cbd43e2da7f919f2d7")
  }

  @Test(arguments: Seeds.all)
  func `any changed byte changes the hash`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let leaf = try leaf(approved())
    #expect(Digest.sha256([0] + leaf.bytes) == leaf.hash)
    for index in leaf.bytes.indices {
      var changed = leaf.bytes
      changed[index] ^= UInt8.random(in: 1...255, using: &generator)
      #expect(Digest.sha256([0] + changed) != leaf.hash, "byte \(index), seed \(seed)")
    }
    for length in leaf.bytes.indices {
      #expect(Digest.sha256([0] + leaf.bytes.prefix(length)) != leaf.hash)
    }
  }

  @Test func `every part of an event is in its hash`() throws {
    let event = approved()
    var variants = [event]
    func add(_ change: (inout AuditEvent) -> Void) {
      var copy = event
      change(&copy)
      variants.append(copy)
    }
    add { $0.kind = "action.rejected" }
    add { $0.actor = "person:local:bob" }
    add { $0.via = "api" }
    add { $0.subject = "action:act-0000000002" }
    add { $0.revision = 3 }
    add { $0.revision = nil }
    add { $0.digest = Digest(hex: String(repeating: "b", count: 64)) }
    add { $0.digest = nil }
    add { $0.details = ["delivery": "live"] }
    add { $0.details = [:] }
    add { $0.personal = ["reason": []] }
    var hashes = try variants.map { try leaf($0).hash }
    hashes.append(try leaf(event, sequence: 6).hash)
    hashes.append(
      AuditLeaf(
        event, log: "other", sequence: 5, at: try at("2026-03-04T15:00:00Z"), salts: [:]
      ).hash)
    hashes.append(
      AuditLeaf(
        event, log: "acme", sequence: 5, at: try at("2026-03-04T15:00:00.001Z"), salts: [:]
      ).hash)
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func `the order in which details were written does not matter`() throws {
    var event = approved()
    event.details = ["a": 1, "b": ["x", .bool(true)]]
    let first = try leaf(event)
    event.details = ["b": ["x", .bool(true)], "a": 1]
    #expect(try leaf(event) == first)
  }
}
