import ActionProtocol
import Decisions
import Engine
import Foundation
import Testing

/// What the provider told, as people look at it.
@Suite(.serialized) struct WebhookEventsTests {
  private func keep(
    _ house: Installation, _ id: String, name: String, attribution: EventAttribution,
    body: [UInt8]? = nil
  ) async throws {
    let org = house.org
    try await house.store.write { store in
      let event = ProviderEvent(
        eventID: id, kind: ProviderEvent.Kind(rawValue: name) ?? .unknown, name: name,
        channel: .email, providerID: "1abc-\(id)",
        recipient: body == nil ? "planted.recipient@customer1.example" : nil, code: "550")
      _ = try store.insert(
        StoredEvent(
          org: org, event: event, endpoint: "hook", receivedAt: store.now, state: .done,
          attribution: attribution, body: body))
    }
  }

  private func json(_ result: Binary.Result) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let document = try #require(object as? [String: Any])
    return try #require(document["events"] as? [[String: Any]])
  }

  private func strayBox(_ house: Installation) async throws -> [String: Any]? {
    let doctor = try await Binary.run(["doctor", "--offline", "--json"], house.environment)
    let object = try JSONSerialization.jsonObject(with: Data(doctor.output.utf8))
    let boxes = (object as? [String: Any])?["boxes"] as? [[String: Any]]
    return try #require(boxes).first { $0["id"] as? String == "stray_events" }
  }

  @Test func `without any the command says so, and doctor is silent`() async throws {
    let house = try await Installation()
    let all = try await Binary.run(["smtp2go", "webhook", "events"], house.environment)
    #expect(all.status == 0)
    #expect(all.output.contains("there is no webhook"))
    let stray = try await Binary.run(
      ["smtp2go", "webhook", "events", "--stray"], house.environment)
    #expect(stray.output.contains("None astray"))
    let empty = try await Binary.run(
      ["smtp2go", "webhook", "events", "--json"], house.environment)
    #expect(try json(empty).isEmpty)
    #expect(try await strayBox(house) == nil)
    try await house.close()
  }

  @Test func `unknown, unreadable and stray events are shown with the reason`() async throws {
    let house = try await Installation()
    try await keep(house, "e1", name: "teleported", attribution: .unmatched)
    try await keep(
      house, "e2", name: "unreadable", attribution: .unreadable, body: Array("\u{1B}[2Jno".utf8))
    try await keep(house, "e3", name: "bounced", attribution: .foreign)
    let shown = try await Binary.run(
      ["smtp2go", "webhook", "events", "--stray"], house.environment)
    #expect(shown.status == 0)
    for word in ["teleported", "unmatched: ", "unreadable: ", "foreign: "] {
      #expect(shown.output.contains(word), "\(word)")
    }
    #expect(!shown.output.contains("unknown_operation: "))
    #expect(!shown.output.contains("\u{1B}[2J"))
    let events = try json(
      await Binary.run(
        ["smtp2go", "webhook", "events", "--stray", "--json"], house.environment))
    #expect(events.count == 3)
    let unknown = try #require(events.first { $0["id"] as? String == "e1" })
    #expect(unknown["kind"] as? String == "unknown")
    #expect(unknown["name"] as? String == "teleported")
    #expect(unknown["attribution"] as? String == "unmatched")
    #expect(unknown["action_id"] is NSNull)
    let box = try #require(try await strayBox(house))
    // What is another organisation's is nobody's business here.
    #expect(box["found"] as? String == "2 belong to no message known here")
    #expect(box["optional"] as? Bool == true)
    try await house.close()
  }

  @Test(arguments: ["0", "10001"])
  func `a limit that makes no sense is refused`(_ limit: String) async throws {
    let house = try await Installation()
    let answer = try await Binary.run(
      ["smtp2go", "webhook", "events", "--limit", limit, "--json"], house.environment)
    #expect(answer.status == 2)
    try await house.close()
  }
}
