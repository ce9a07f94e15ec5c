import Addressing
import Foundation
import Testing

@testable import SMTP2GO

/// Every call's path and body, field for field, as the provider's contract has them: no field
/// beyond it, no null, no empty list.
@Suite struct ContractTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let path: String
    let body: String
    let call: @Sendable (SMTP2GOClient) async throws -> Void

    var testDescription: String { path }

    init(
      _ path: String, _ body: String,
      _ call: @escaping @Sendable (SMTP2GOClient) async throws -> Void
    ) {
      self.path = path
      self.body = body
      self.call = call
    }
  }

  private static let start = Date(timeIntervalSince1970: 1_795_363_200.25)
  private static let end = Date(timeIntervalSince1970: 1_795_500_000)
  private static let iso = #""2026-11-22T16:00:00.250Z""#
  private static let isoEnd = #""2026-11-24T06:00:00.000Z""#

  private func check(_ row: Row) async throws {
    let server = try await LoopbackServer { _ in .answer(200, #"{"request_id":"r","data":{}}"#) }
    try await Fixture.run(server) { try await row.call($0) }
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1)
    #expect(request.line == "POST /v3\(row.path) HTTP/1.1")
    #expect(request.headers["x-smtp2go-api-key"] == Fixture.key.unredacted())
    #expect(request.headers["content-type"] == "application/json")
    #expect(try Fixture.parsed(request.body) == Fixture.parsed(row.body))
  }

  @Test(arguments: [
    Row("/email/scheduled/search", "{}") { _ = await $0.searchScheduled() },
    Row(
      "/email/scheduled/search",
      #"{"schedule_id":"s","search_subject":"a","search_recipient":"b","search_sender":"c","#
        + #""limit":5,"page":2}"#
    ) {
      _ = await $0.searchScheduled(
        .init(scheduleID: "s", subject: "a", recipient: "b", sender: "c", limit: 5, page: 2))
    },
    Row("/email/scheduled/remove", #"{"schedule_id":"s"}"#) { _ = await $0.removeScheduled("s") },
    Row("/archive/search", #"{"start_date":\#(iso)}"#) {
      _ = await $0.searchArchive(.init(start: start))
    },
    Row(
      "/archive/search",
      #"{"start_date":\#(iso),"end_date":\#(isoEnd),"limit":5000,"username":"u","recipient":"r","#
        + #""sender":"s","envelope_from":"e","subject":"t","headers":"X-Op: 1","#
        + #""continue_token":"c"}"#
    ) {
      _ = await $0.searchArchive(
        .init(
          start: start, end: end, limit: 9999, username: "u", recipient: "r", sender: "s",
          envelopeFrom: "e", subject: "t", headers: "X-Op: 1", continueToken: "c"))
    },
    Row("/sms/view-sent", #"{"start_date":"2026-11-22"}"#) {
      _ = await $0.sentSMS(.init(start: start))
    },
    Row(
      "/sms/view-received",
      #"{"start_date":"2026-11-22","end_date":"2026-11-25","username":"u","subaccount_id":"s"}"#
    ) {
      _ = await $0.receivedSMS(
        .init(start: start, end: end, username: "u", subaccountID: "s"))
    },
    Row("/sms/summary", #"{"start_date":"2026-11-22","subaccount_id":"s"}"#) {
      _ = await $0.smsSummary(.init(start: start, username: "u", subaccountID: "s"))
    },
  ])
  func `reports and archive`(row: Row) async throws {
    try await check(row)
  }

  @Test(arguments: [
    Row("/suppression/add", #"{"email_address":"a@b.org"}"#) {
      _ = await $0.addSuppression("a@b.org")
    },
    Row(
      "/suppression/add",
      #"{"email_address":"b.org","block_description":"gone","subaccount_id":"s"}"#
    ) { _ = await $0.addSuppression("b.org", description: "gone", subaccountID: "s") },
    Row("/suppression/remove", #"{"email_address":"a@b.org","reasons":["manual","spam"]}"#) {
      _ = await $0.removeSuppression("a@b.org", reasons: [.manual, .spam])
    },
    Row("/suppression/view", "{}") { _ = await $0.suppressions() },
    Row(
      "/suppression/view",
      #"{"email_address":"a@b.org","wildcard":"w","recipients":["r"],"reasons":["x"],"#
        + #""suppression_types":["bounce"],"fuzzy":true,"sort":"desc","start_date":\#(iso),"#
        + #""end_date":\#(isoEnd),"subaccount_id":"s","continue_token":"c"}"#
    ) {
      _ = await $0.suppressions(
        .init(
          emailAddress: "a@b.org", wildcard: "w", recipients: ["r"], reasons: ["x"],
          types: [.bounce], isFuzzy: true, sort: .descending, start: start, end: end,
          subaccountID: "s", continueToken: "c"))
    },
    Row("/stats/email_summary", "{}") { _ = await $0.emailSummary() },
    Row("/stats/email_summary", #"{"username":"u"}"#) { _ = await $0.emailSummary(username: "u") },
    Row("/stats/email_cycle", "{}") { _ = await $0.emailCycle() },
    Row("/stats/email_bounces", #"{"username":"u"}"#) { _ = await $0.emailBounces(username: "u") },
    Row("/stats/email_spam", "{}") { _ = await $0.emailSpam() },
    Row("/stats/email_unsubs", "{}") { _ = await $0.emailUnsubscribes() },
    Row("/stats/email_history", #"{"group_by":"email_address"}"#) { _ = await $0.emailHistory() },
    Row(
      "/stats/email_history",
      #"{"group_by":"domain","start_date":\#(iso),"end_date":\#(isoEnd),"subaccounts":["s"]}"#
    ) { _ = await $0.emailHistory(by: .domain, start: start, end: end, subaccounts: ["s"]) },
  ])
  func `suppressions and statistics`(row: Row) async throws {
    try await check(row)
  }

  @Test(arguments: [
    Row(
      "/webhook/add",
      #"{"url":"https://a.example/h","events":["processed","bounce"],"sms_events":["failed"],"#
        + #""headers":["X-Op"],"usernames":["u"],"output_format":"json","#
        + #""auth_header_type":"basic","auth_header_value":"dTpw","subaccount_id":"s"}"#
    ) {
      _ = await $0.addWebhook(
        .init(
          url: "https://a.example/h", events: [.processed, .bounce], smsEvents: [.failed],
          headers: ["X-Op"], usernames: ["u"], outputFormat: .json,
          authorization: .basic(user: "u", password: "p")), subaccountID: "s")
    },
    Row("/webhook/add", #"{"url":"https://a.example/h"}"#) {
      _ = await $0.addWebhook(
        .init(url: "https://a.example/h", authorization: Webhook.Authorization.none))
    },
    Row(
      "/webhook/edit", #"{"id":7,"auth_header_type":"bearer","auth_header_value":"t"}"#
    ) { _ = await $0.editWebhook(7, .init(authorization: .bearer(token: "t"))) },
    Row("/webhook/edit", #"{"id":7,"auth_header_type":"","auth_header_value":""}"#) {
      _ = await $0.editWebhook(7, .init(authorization: Webhook.Authorization.none))
    },
    Row("/webhook/remove", #"{"id":7}"#) { _ = await $0.removeWebhook(7) },
    Row("/webhook/view", "{}") { _ = await $0.webhooks() },
    Row("/webhook/view", #"{"subaccount_id":"s"}"#) { _ = await $0.webhooks(subaccountID: "s") },
    Row("/api_keys/permissions", "{}") { _ = await $0.permissions() },
    Row("/single_sender_emails/view", "{}") { _ = await $0.singleSenders() },
    Row("/single_sender_emails/view", #"{"email_address":"a@b.org"}"#) {
      _ = await $0.singleSenders(matching: "a@b.org")
    },
    Row("/domain/view", "{}") { _ = await $0.domains() },
    Row("/domain/view", #"{"domain":"b.org","subaccount_id":"s"}"#) {
      _ = await $0.domains(named: "b.org", subaccountID: "s")
    },
    Row("/domain/verify", #"{"domain":"b.org"}"#) { _ = await $0.verifyDomain("b.org") },
    Row("/domain/verify", #"{"domain":"b.org","requisition_ssl":false,"subaccount_id":"s"}"#) {
      _ = await $0.verifyDomain("b.org", requisitionsSSL: false, subaccountID: "s")
    },
  ])
  func `webhooks and account`(row: Row) async throws {
    try await check(row)
  }

  @Test(arguments: [
    Row(
      "/template/add",
      #"{"template_name":"N","id":"first","subject":"S","html_body":"H","text_body":"T","#
        + #""template_variables":{"a":1,"b":"x","c":[true],"d":{"e":1.5}},"tags":["t"]}"#
    ) {
      _ = await $0.addTemplate(
        .init(
          id: "first", name: "N", subject: "S", htmlBody: "H", textBody: "T",
          variables: ["a": 1, "b": "x", "c": .array([true]), "d": .object(["e": 1.5])],
          tags: ["t"]))
    },
    Row("/template/edit", #"{"id":"first","new_id":"second","tags":["u"]}"#) {
      _ = await $0.editTemplate("first", .init(newID: "second", tags: ["u"]))
    },
    Row("/template/delete", #"{"id":"first"}"#) { _ = await $0.deleteTemplate("first") },
    Row("/template/view", #"{"id":"first"}"#) { _ = await $0.template("first") },
    Row("/template/search", "{}") { _ = await $0.searchTemplates() },
    Row(
      "/template/search",
      #"{"fuzzy_search":true,"search_terms":["a"],"tags":["t"],"sort_direction":"desc","#
        + #""page_size":7,"continue_token":"c"}"#
    ) {
      _ = await $0.searchTemplates(
        .init(
          terms: ["a"], tags: ["t"], isFuzzy: true, isAscending: false, pageSize: 7,
          continueToken: "c"))
    },
  ])
  func `templates`(row: Row) async throws {
    try await check(row)
  }

  @Test(arguments: [
    Row("/activity/search", #"{"start_date":\#(iso),"limit":1000}"#) {
      _ = await $0.searchActivity(.init(startDate: start))
    },
    Row(
      "/activity/search",
      #"{"start_date":\#(iso),"limit":9,"search_usernames":["u"],"subaccounts":["s"],"#
        + #""region":"eu","include_headers":true,"only_latest":true,"only_latest_by_sent":true}"#
    ) {
      var query = ActivityQuery(startDate: start, onlyLatest: true, limit: 9)
      query.usernames = ["u"]
      query.subaccounts = ["s"]
      query.region = .eu
      query.includeHeaders = true
      query.onlyLatestBySent = true
      _ = await $0.searchActivity(query)
    },
    Row(
      "/email/send",
      #"{"sender":"Acme <billing@acme.example>","to":["secret.person@example.org"],"#
        + #""template_id":"first","template_data":{"name":"Ann"},"fastaccept":true}"#
    ) {
      var email = try Fixture.email()
      email.template = .init(id: "first", values: ["name": "Ann"])
      email.fastAccept = true
      _ = await $0.send(email)
    },
    Row("/email/mime", #"{"mime_email":"VG86IGFAYi5vcmcNCg0KaGk=","fastaccept":true}"#) {
      _ = await $0.sendMIME(Array("To: a@b.org\r\n\r\nhi".utf8), fastAccept: true)
    },
  ])
  func `activity, templates in mails and MIME`(row: Row) async throws {
    try await check(row)
  }

  @Test func `a scheduled message carries its time as in the provider's examples`() async throws {
    let server = try await LoopbackServer { _ in
      .answer(200, #"{"data":{"schedule_id":"s"}}"#)
    }
    var email = try Fixture.email()
    let when = Date().addingTimeInterval(3600)
    email.schedule = when
    let scheduled = email
    let result = try await Fixture.run(server) { await $0.send(scheduled) }
    #expect(result.outcome.value?.scheduleID == "s")
    let sent = try Fixture.parsed(try #require(server.requests.first).body)?["schedule"]
    let text = try #require(sent as? String)
    #expect(text.hasSuffix(" +0000"))
    let read = try #require(VendorTime(text).date)
    #expect(abs(read.timeIntervalSince(when)) <= 1)
  }

  @Test(arguments: [-1, 0, 259_201] as [TimeInterval])
  func `a time outside the next three days is refused`(ahead: TimeInterval) throws {
    var email = try Fixture.email()
    let now = Date(timeIntervalSince1970: 1_795_363_200)
    email.schedule = now.addingTimeInterval(ahead)
    #expect(email.refusal(now: now)?.code == "client.schedule")
    email.schedule = now.addingTimeInterval(3 * 86_400)
    #expect(email.refusal(now: now) == nil)
  }
}
