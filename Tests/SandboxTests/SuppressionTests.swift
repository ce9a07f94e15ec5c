import Foundation
import NIOHTTP1
import Sandbox
import Testing

@Suite struct `A recipient's name` {
  @Test(arguments: [
    ("bounce", ["hard-bounced", "processed"]), ("softbounce", ["soft-bounced", "processed"]),
    ("reject", ["rejected"]), ("complain", ["spam", "delivered", "processed"]),
    ("unsubscribe", ["unsubscribed", "delivered", "processed"]),
    ("open", ["opened", "delivered", "processed"]),
    ("click", ["clicked", "opened", "delivered", "processed"]), ("silent", ["processed"]),
  ])
  func `decides what becomes of the mail`(word: String, events: [String]) async throws {
    try await withSandbox { (sandbox) async throws in
      for address in ["\(word)+ann@example.org", "ann+\(word.uppercased())@example.org"] {
        let sent = try await sandbox.post(
          "/v3/email/send", Sample.email(operation: "x", to: address))
        #expect(sent.int("data.succeeded") == 1)
        let activity = try await sandbox.post(
          "/v3/activity/search", #"{"search_recipient":"\#(address)"}"#)
        #expect(
          (0..<events.count).map { activity.string("data.events.\($0).event") } == events)
        #expect(activity.int("data.total_events") == events.count)
      }
    }
  }

  @Test(arguments: ["bounce@example.org", "bouncer+ann@example.org", "open.bounce@example.org"])
  func `means nothing without a plus sign`(address: String) async throws {
    try await withSandbox { (sandbox) async throws in
      _ = try await sandbox.post("/v3/email/send", Sample.email(operation: "x", to: address))
      let activity = try await sandbox.post("/v3/activity/search", "{}")
      #expect(activity.string("data.events.0.event") == "delivered")
    }
  }

  @Test func `decides for one recipient among several`() async throws {
    try await withSandbox { (sandbox) async throws in
      let body = Sample.email(
        #""to":["ann@example.org","bounce+bob@example.org"],"cc":["open+c@example.org"]"#)
      _ = try await sandbox.post("/v3/email/send", body)
      let message = try #require(await sandbox.mailbox.messages().first)
      #expect(
        message.statusEvents.map { "\($0.name.rawValue) \($0.recipient.prefix(4))" } == [
          "processed ann@", "processed boun", "processed open", "delivered ann@",
          "hard-bounced boun", "delivered open", "opened open",
        ])
    }
  }
}

@Suite struct `A suppression` {
  @Test(arguments: [
    ("bounce", "bounce"), ("complain", "spam"), ("unsubscribe", "unsubscribe"),
  ])
  func `follows from the event, and keeps later mail away`(
    word: String, reason: String
  ) async throws {
    try await withSandbox { (sandbox) async throws in
      let address = "\(word)+ann@example.org"
      let body = Sample.email(operation: "x", to: address)
      _ = try await sandbox.post("/v3/email/send", body)
      let viewed = try await sandbox.post("/v3/suppression/view", "{}")
      #expect(viewed.int("data.total_results") == 1)
      #expect(viewed.string("data.results.0.email_address") == address)
      #expect(viewed.string("data.results.0.reason") == reason)
      let second = try await sandbox.post("/v3/email/send", body)
      #expect(second.int("data.succeeded") == 1)
      let id = try #require(second.string("data.email_id"))
      let activity = try await sandbox.post(
        "/v3/activity/search", #"{"search_email_id":"\#(id)"}"#)
      #expect(activity.int("data.total_events") == 1)
      #expect(activity.string("data.events.0.event") == "rejected")
      #expect(activity.string("data.events.0.reason")?.contains(reason) == true)
      let removed = try await sandbox.post(
        "/v3/suppression/remove",
        #"{"email_address":"\#(address)","reasons":["manual","\#(reason)"]}"#)
      #expect(removed.value("data.suppressions.0.removed") as? Bool == false)
      #expect(removed.value("data.suppressions.1.removed") as? Bool == true)
      #expect(
        try await sandbox.post("/v3/suppression/view", "{}").int("data.total_results") == 0)
    }
  }

  @Test func `of a domain keeps all its addresses away`() async throws {
    try await withSandbox { (sandbox) async throws in
      let added = try await sandbox.post(
        "/v3/suppression/add",
        #"{"email_address":"Example.org","block_description":"never again"}"#)
      #expect(added.value("data.added") as? Bool == true)
      #expect(added.string("data.block_description") == "never again")
      let again = try await sandbox.post(
        "/v3/suppression/add", #"{"email_address":"example.org"}"#)
      #expect(again.value("data.added") as? Bool == false)
      _ = try await sandbox.post("/v3/email/send", Sample.email)
      _ = try await sandbox.post(
        "/v3/email/send", Sample.email(operation: "x", to: "ann@sub.example.org"))
      let states = await sandbox.mailbox.messages().map { $0.status(at: .now) }
      #expect(states == ["rejected", "delivered"])
    }
  }

  @Test(arguments: [
    (#""email_address":"b@one.example""#, 1), (#""wildcard":"*@one.example""#, 2),
    (#""wildcard":"a*""#, 2), (#""recipients":["a@two.example","b@one.example"]"#, 2),
    (#""fuzzy":true,"email_address":"one""#, 2), (#""reason":"manual""#, 3),
    (#""reasons":["spam"]"#, 0), (#""suppression_types":["manual","spam"]"#, 3),
    (#""start_date":"2026-03-02T12:01:00Z""#, 2), (#""end_date":"2026-03-02T12:01:00Z""#, 1),
    (#""sort":"asc""#, 3),
  ])
  func `is found by what a view asks for`(members: String, count: Int) async throws {
    let clock = try TestClock("2026-03-02T12:00:00Z")
    var configuration = SandboxConfiguration()
    configuration.clock = { clock.now }
    try await withSandbox(configuration) { (sandbox) async throws in
      for address in ["a@one.example", "b@one.example", "a@two.example"] {
        _ = try await sandbox.post("/v3/suppression/add", #"{"email_address":"\#(address)"}"#)
        clock.advance(by: 60)
      }
      let viewed = try await sandbox.post("/v3/suppression/view", "{\(members)}")
      #expect(viewed.int("data.total_results") == count)
      #expect(viewed.count("data.results") == count)
      if members.contains("asc") {
        #expect(viewed.string("data.results.0.email_address") == "a@one.example")
        #expect(
          viewed.string("data.results.0.timestamp") == "2026-03-02 12:00:00.000000+00:00")
      }
    }
  }

  @Test func `comes from an event that a test asks for`() async throws {
    try await withSandbox { (sandbox) async throws in
      let sent = try await sandbox.post("/v3/email/send", Sample.email)
      let id = try #require(sent.string("data.email_id"))
      let body = #"{"email_id":"\#(id)","event":"spam"}"#
      #expect(try await sandbox.post("/_sandbox/events", body, headers: [:]).status == 200)
      let viewed = try await sandbox.get("/_sandbox/suppressions")
      #expect(viewed.string("suppressions.0.reason") == "spam")
      let events = try await sandbox.get("/_sandbox/events?email_id=\(id)")
      #expect(events.int("total") == 3)
      #expect(events.string("events.2.event") == "spam")
      #expect(events.string("events.2.operation") == "op-1")
      let unknown = #"{"email_id":"none","event":"spam"}"#
      #expect(try await sandbox.post("/_sandbox/events", unknown, headers: [:]).status == 400)
      #expect(try await sandbox.send(.DELETE, "/_sandbox/account").status == 200)
      #expect(try await sandbox.get("/_sandbox/suppressions").count("suppressions") == 0)
    }
  }
}
