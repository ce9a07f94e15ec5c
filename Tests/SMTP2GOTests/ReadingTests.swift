import Foundation
import Synchronization
import Testing

@testable import SMTP2GO

@Suite struct ReadingTests {
  private static let event =
    #"{"event":"processed","date":"2026-11-22T16:00:00Z","email_id":"m","recipient":"a@b.org","#
    + #""custom_headers":{"x-op":"01J"},"smtp_response":""}"#

  private func answered<Value>(
    _ body: String, _ call: (SMTP2GOClient) async -> CallResult<Value>
  ) async throws -> (CallResult<Value>, LoopbackServer.Received?) {
    let server = try await LoopbackServer { _ in .answer(200, body) }
    let result = try await Fixture.run(server) { await call($0) }
    return (result, server.requests.first)
  }

  @Test func `a page of activity is asked for and read`() async throws {
    let start = Date(timeIntervalSince1970: 1_795_363_200.25)
    let query = ActivityQuery(
      startDate: start, recipient: "a@b.org", kinds: [.processed, .rejected],
      customHeaders: ["X-Op"], limit: 5000)
    let (result, request) = try await answered(
      #"{"data":{"total_events":1,"continue_token":"t","events":[\#(Self.event)]}}"#
    ) { await $0.searchActivity(query) }
    let page = try #require(result.outcome.value)
    #expect(page.totalEvents == 1)
    #expect(page.continueToken == "t")
    #expect(page.events.first?.kind == .processed)
    #expect(page.events.first?.header("X-Op") == "01J")
    #expect(page.events.first?.smtpResponse == nil)
    #expect(request?.line == "POST /v3/activity/search HTTP/1.1")
    let expected: NSDictionary = [
      "start_date": "2026-11-22T16:00:00.250Z", "search_recipient": "a@b.org",
      "event_types": ["processed", "rejected"], "custom_headers": ["X-Op"], "limit": 1000,
    ]
    #expect(try Fixture.parsed(request?.body ?? "") == expected)
  }

  @Test func `all pages are read by their tokens`() async throws {
    let server = try await LoopbackServer { request in
      let token = try? Fixture.parsed(request.body)?["continue_token"] as? String
      let next = ["": "1", "1": "2"][token ?? ""].map { "\"\($0)\"" } ?? "null"
      return .answer(200, #"{"data":{"events":[\#(Self.event)],"continue_token":\#(next)}}"#)
    }
    let scan = try await Fixture.run(server) { await $0.activity(.init(startDate: .now)) }
    #expect(scan.isComplete)
    #expect(scan.pages == 3)
    #expect(scan.events.count == 3)
    let starts = try server.requests.map { try Fixture.parsed($0.body)?["start_date"] as? String }
    #expect(Set(starts).count == 1)
  }

  @Test func `a scan ends at its limit, at a token that comes back and at an empty page`()
    async throws
  {
    let same = #"{"data":{"events":[\#(Self.event)],"continue_token":"t"}}"#
    let looping = try await LoopbackServer { _ in .answer(200, same) }
    let looped = try await Fixture.run(looping) { await $0.activity(.init(startDate: .now)) }
    #expect(looped.pages == 2)
    let counter = Mutex(0)
    let endless = try await LoopbackServer { _ in
      let count = counter.withLock { value -> Int in
        value += 1
        return value
      }
      return .answer(200, #"{"data":{"events":[\#(Self.event)],"continue_token":"t\#(count)"}}"#)
    }
    let limited = try await Fixture.run(endless) {
      await $0.activity(.init(startDate: .now), pageLimit: 4)
    }
    #expect(limited.pages == 4)
    #expect(!limited.isComplete)
    let empty = try await LoopbackServer { _ in
      .answer(200, #"{"data":{"events":[],"continue_token":"t"}}"#)
    }
    let ended = try await Fixture.run(empty) { await $0.activity(.init(startDate: .now)) }
    #expect(ended.pages == 1)
    #expect(ended.isComplete)
  }

  @Test func `events read before a failing page are kept`() async throws {
    let counter = Mutex(0)
    let server = try await LoopbackServer { _ in
      let count = counter.withLock { value -> Int in
        value += 1
        return value
      }
      return count == 1
        ? .answer(200, #"{"data":{"events":[\#(Self.event)],"continue_token":"t"}}"#)
        : .answer(429, "")
    }
    let scan = try await Fixture.run(server) { await $0.activity(.init(startDate: .now)) }
    #expect(scan.events.count == 1)
    guard case .stopped(let result) = scan.end else {
      Issue.record("not stopped")
      return
    }
    #expect(result.outcome == .throttled(retryAfter: nil))
  }

  @Test func `an unknown kind of event is kept`() async throws {
    let (result, _) = try await answered(#"{"data":{"events":[{"event":"Teleported"},{}]}}"#) {
      await $0.searchActivity(.init(startDate: .now))
    }
    #expect(result.outcome.value?.events.map { $0.kind?.rawValue } == ["teleported", nil])
  }

  @Test(arguments: [
    #"{"request_id":"r","data":["/email/send","/sms/send"]}"#,
    #"{"data":{"permissions":["/email/send","/sms/send"],"request_id":"r"}}"#,
  ])
  func `permissions are read in both shapes`(body: String) async throws {
    let (result, request) = try await answered(body) { await $0.permissions() }
    #expect(result.outcome.value == ["/email/send", "/sms/send"])
    #expect(result.requestID == "r")
    #expect(request?.line == "POST /v3/api_keys/permissions HTTP/1.1")
    #expect(request?.body == "{}")
  }

  @Test func `single senders are read with the request id inside`() async throws {
    let (result, request) = try await answered(
      #"{"data":{"request_id":"r","senders":[{"email_address":"a@b.org","verified":true},"#
        + #"{"email_address":"c@d.org","verified":"false"},{"email_address":"e@f.org"}]}}"#
    ) { await $0.singleSenders() }
    #expect(result.outcome.value?.map(\.isVerified) == [true, false, nil])
    #expect(result.outcome.value?.first?.emailAddress == "a@b.org")
    #expect(result.requestID == "r")
    #expect(request?.line == "POST /v3/single_sender_emails/view HTTP/1.1")
  }

  @Test func `domains are read with their records`() async throws {
    let (result, request) = try await answered(
      #"{"data":{"domains":[{"domain":{"fulldomain":"b.org","dkim_selector":"s1._domainkey","#
        + #""dkim_expected":"dkim.smtp2go.net","dkim_verified":true,"rpath_verified":false,"#
        + #""rpath_status":"not found"},"trackers":[{"fulldomain":"link.b.org","#
        + #""cname_verified":true}]},{"nothing":1}]}}"#
    ) { await $0.domains() }
    let domain = try #require(result.outcome.value?.first)
    #expect(result.outcome.value?.count == 1)
    #expect(domain.name == "b.org")
    #expect(domain.dkim.value == "dkim.smtp2go.net")
    #expect(domain.dkim.isVerified == true)
    #expect(domain.returnPath.status == "not found")
    #expect(!domain.isVerified)
    #expect(domain.tracking.first?.isVerified == true)
    #expect(request?.line == "POST /v3/domain/view HTTP/1.1")
  }

  @Test func `a list without its list is unknown`() async throws {
    let (result, _) = try await answered(#"{"data":{}}"#) { await $0.permissions() }
    #expect(result.outcome == .unknown(.answerIncomplete))
  }
}
