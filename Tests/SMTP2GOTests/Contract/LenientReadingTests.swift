import Foundation
import Testing

@testable import SMTP2GO

/// Answers as the contract shows them and as they were seen live.
@Suite struct LenientReadingTests {
  private func answered<Value>(
    _ body: String, _ call: (SMTP2GOClient) async -> CallResult<Value>
  ) async throws -> CallResult<Value> {
    let server = try await LoopbackServer { _ in .answer(200, body) }
    return try await Fixture.run(server) { await call($0) }
  }

  private static let webhook =
    #"{"id":4317,"url":"https://a.example/h","events":["spam"],"sms_events":[],"#

  @Test(arguments: [
    #"{"data":\#(webhook)"headers":"X-Op","usernames":"u","output_format":"json"}}"#,
    #"{"data":[\#(webhook)"headers":["X-Op"],"usernames":["u"],"output_format":"json"}]}"#,
    #"{"data":{"webhooks":[\#(webhook)"headers":["X-Op"],"usernames":"u","output_format":"JSON"}]}}"#,
    #"[\#(webhook)"headers":["X-Op"],"usernames":["u"],"output_format":"json"}]"#,
  ])
  func `webhooks are read as an object and as a list`(body: String) async throws {
    let result = try await answered(body) { await $0.webhooks() }
    let webhook = try #require(result.outcome.value?.first)
    #expect(webhook.id == 4317)
    #expect(webhook.events == [.spam])
    #expect(webhook.headers == ["X-Op"])
    #expect(webhook.usernames == ["u"])
    #expect(webhook.outputFormat == .json)
  }

  @Test(arguments: [#"{"data":[]}"#, #"{"data":{}}"#, #"{"request_id":"r","data":[]}"#])
  func `no webhook is an empty list`(body: String) async throws {
    let result = try await answered(body) { await $0.webhooks() }
    #expect(result.outcome == .accepted([]))
  }

  @Test func `an edit that is acknowledged without its object is read from what was asked`()
    async throws
  {
    let result = try await answered(#"{"data":{}}"#) {
      await $0.editWebhook(7, .init(url: "https://b.example"))
    }
    #expect(result.outcome.value?.url == "https://b.example")
    let added = try await answered(#"{"data":{}}"#) {
      await $0.addWebhook(.init(url: "https://b.example"))
    }
    #expect(added.outcome == .unknown(.answerIncomplete))
  }

  @Test func `sent SMS are read with the id of the request inside, and cut to the period`()
    async throws
  {
    let body =
      #"{"data":{"request_id":"q","messages":[{"id":"1","timestamp":"2026-11-22T15:59:59Z"},"#
      + #"{"id":"2","timestamp":"2026-11-22T16:00:00Z","destination_address":"+123456789","#
      + #""destination_address_county":"US","status":"Message sent","content":"c","units":1,"#
      + #""sender":"shared"},{"id":"3","timestamp":"soon"},"#
      + #"{"id":"4","timestamp":"2026-11-22T17:00:00Z"}]}}"#
    let start = Date(timeIntervalSince1970: 1_795_363_200)
    let result = try await answered(body) {
      await $0.sentSMS(.init(start: start, end: start.addingTimeInterval(3600)))
    }
    #expect(result.requestID == "q")
    #expect(result.outcome.value?.map(\.id) == ["2", "3"])
    #expect(result.outcome.value?.first?.destinationCountry == "US")
    #expect(result.outcome.value?.first?.units == 1)
  }

  @Test func `received SMS have numbers as numbers or texts`() async throws {
    let body =
      #"{"data":{"messages":[{"source_address":15185550120,"destination_address":"15185550141","#
      + #""timestamp":"2026-11-22T16:00:00.000Z","content":"STOP","message_id":"m"}]}}"#
    let result = try await answered(body) {
      await $0.receivedSMS(.init(start: Date(timeIntervalSince1970: 0)))
    }
    let message = try #require(result.outcome.value?.first)
    #expect(message.source == "15185550120")
    #expect(message.destination == "15185550141")
    #expect(message.content == "STOP")
  }

  @Test func `totals of SMS are read, and nothing at all is no total`() async throws {
    let body = #"{"data":{"total_messages":123,"total_units":"156","total_cost":10.456}}"#
    let result = try await answered(body) { await $0.smsSummary(.init(start: .now)) }
    #expect(
      result.outcome
        == .accepted(.init(totalMessages: 123, totalUnits: 156, totalCost: 10.456)))
    let empty = try await answered(#"{"data":{}}"#) { await $0.smsSummary(.init(start: .now)) }
    #expect(empty.outcome == .unknown(.answerIncomplete))
  }

  @Test func `percentages come as texts and as numbers`() async throws {
    let body =
      #"{"data":{"cycle_start":"2022-11-01 00:00:00+00:00","cycle_used":1,"cycle_max":10000,"#
      + #""email_count":1,"bounce_percent":"7.33","spam_percent":0.5,"unsubscribes":2}}"#
    let result = try await answered(body) { await $0.emailSummary() }
    let summary = try #require(result.outcome.value)
    #expect(summary.bouncePercent == 7.33)
    #expect(summary.spamPercent == 0.5)
    #expect(summary.cycle.start?.date == Date(timeIntervalSince1970: 1_667_260_800))
    #expect(summary.cycle.maximum == 10000)
    #expect(summary.opens == nil)
  }

  @Test func `each of the statistics is read`() async throws {
    let bounces = try await answered(
      #"{"data":{"emails":4,"rejects":1,"softbounces":2,"hardbounces":3,"bounce_percent":"0.00"}}"#
    ) { await $0.emailBounces() }
    #expect(bounces.outcome.value?.hardBounces == 3)
    let spam = try await answered(#"{"data":{"emails":4,"spams":2,"spam_percent":"50"}}"#) {
      await $0.emailSpam()
    }
    #expect(spam.outcome.value?.spamPercent == 50)
    let unsubscribes = try await answered(#"{"data":{"emails":4,"unsubscribes":2}}"#) {
      await $0.emailUnsubscribes()
    }
    #expect(unsubscribes.outcome.value?.unsubscribes == 2)
    let cycle = try await answered(#"{"data":{"cycle_remaining":9}}"#) { await $0.emailCycle() }
    #expect(cycle.outcome.value?.remaining == 9)
    let history = try await answered(
      #"{"data":{"count":1,"bounce_percent_total":1.24,"history":[{"used":1,"avgsize":1022,"#
        + #""domain":"b.org","domain_verified":true,"lastip":"192.0.2.1"}]}}"#
    ) { await $0.emailHistory(by: .domain) }
    #expect(history.outcome.value?.rows.first?.subject == "b.org")
    #expect(history.outcome.value?.percentages.bounces == 1.24)
  }

  @Test func `suppressions are read with null subjects, page by page`() async throws {
    let server = try await LoopbackServer { request in
      let isFirst = !request.body.contains("continue_token")
      return .answer(
        200,
        #"{"data":{"results":[{"email_address":"\#(isFirst ? "a" : "b")@b.org","reason":"Bounce","#
          + #""subject":null,"block_description":"","timestamp":"2022-11-14 07:54:45"}],"#
          + #""total_results":2,"continue_token":\#(isFirst ? "\"t\"" : "null")}}"#)
    }
    var addresses: [String] = []
    try await Fixture.run(server) { client in
      for try await page in client.suppressionPages() {
        addresses += page.results.map(\.emailAddress)
        #expect(page.results.first?.reason == .bounce)
        #expect(page.results.first?.timestamp?.date != nil)
        #expect(page.totalResults == 2)
      }
    }
    #expect(addresses == ["a@b.org", "b@b.org"])
  }

  @Test func `what a removal did not find is told`() async throws {
    let body =
      #"{"data":{"suppressions":[{"email_address":"a@b.org","reason":"manual","removed":true},"#
      + #"{"email_address":"a@b.org","reason":"spam","removed":false}]}}"#
    let result = try await answered(body) {
      await $0.removeSuppression("a@b.org", reasons: [.manual, .spam])
    }
    #expect(result.outcome.value?.map(\.isRemoved) == [true, false])
  }

  @Test(arguments: ["", "{}", #"{"request_id":"r","data":{}}"#, #"{"data":"removed"}"#])
  func `an undocumented yes is a yes`(body: String) async throws {
    let result = try await answered(body) { await $0.removeScheduled("s") }
    #expect(result.outcome.label == "accepted")
  }

  @Test func `an undocumented yes is not read into an error or a page`() async throws {
    let error = try await answered(#"{"data":{"error":"no such schedule"}}"#) {
      await $0.removeScheduled("s")
    }
    #expect(error.outcome.label == "refused")
    let page = try await answered("<html>") { await $0.removeScheduled("s") }
    #expect(page.outcome == .unknown(.answerUnreadable))
  }

  @Test(arguments: [
    #"{"request_id":"r","data":[{"schedule_id":"4d","schedule":"2025-06-30T23:11:56Z"}]}"#,
    #"[{"schedule_id":"4d","schedule":"2025-06-30T23:11:56Z"}]"#,
  ])
  func `scheduled messages are read with and without their frame`(body: String) async throws {
    let result = try await answered(body) { await $0.searchScheduled() }
    #expect(result.outcome.value?.map(\.scheduleID) == ["4d"])
  }

  @Test func `a template's name has two names and a deletion answers with a text`() async throws {
    for key in ["name", "template_name"] {
      let result = try await answered(
        #"{"data":{"id":"first","\#(key)":"N","subject":"S","tags":["t"],"#
          + #""template_variables":{"a":null,"b":"x"}}}"#
      ) { await $0.template("first") }
      #expect(result.outcome.value?.name == "N")
      #expect(result.outcome.value?.variables == ["b": "x"])
    }
    let deleted = try await answered(#"{"data":"Successfully deleted template 'first'"}"#) {
      await $0.deleteTemplate("first")
    }
    #expect(deleted.outcome.value?.text == "Successfully deleted template 'first'")
  }

  @Test func `archived messages are read`() async throws {
    let result = try await answered(
      #"{"data":{"email_count":1,"emails":[{"email_id":"m","byte_count":1422,"#
        + #""sent":"2021-11-08T18:58:47Z","headers":"X-Op: 1"}]}}"#
    ) { await $0.searchArchive(.init(start: .now)) }
    #expect(result.outcome.value?.emails.first?.byteCount == 1422)
    #expect(result.outcome.value?.emailCount == 1)
  }

  @Test(arguments: [
    ("/email/send", ["/email/send"], true), ("/email/send", ["/email/*"], true),
    ("/email/send", ["*"], true), ("/sms/send", ["/email/*"], false), ("/email/send", [], false),
    ("/emails/send", ["/email/*"], false),
  ])
  func `permissions may be patterns`(endpoint: String, list: [String], isAllowed: Bool) {
    #expect(KeyPermissions.allow(endpoint, in: list) == isAllowed)
  }
}
