import Addressing
import Foundation
@testable import SMTP2GO
import Testing

@testable import App

@Suite struct AccountBoxesTests {
  private static let key = "api-0123456789abcdefghijklmnopqrstuv"

  private func settings(_ more: [String: String] = [:]) throws -> Settings {
    let environment = [
      "HOME": "/nonexistent", "SMTP2GO_API_KEY": Self.key,
      "SMTP2GO_SENDER_EMAIL": "Acme <billing@acme.com>",
    ].merging(more) { _, new in new }
    return try Settings.load(flags: [:], environment: environment, directory: "/nonexistent")
  }

  private func probe(_ permissions: [String]) -> ProviderProbe {
    ProviderProbe(
      address: "https://api.smtp2go.com/v3",
      permissions: CallResult(outcome: .accepted(permissions)))
  }

  private func domain(dkim: Bool?, returnPath: Bool?) -> SenderDomain {
    SenderDomain(
      name: "acme.com",
      dkim: .init(
        name: "s1._domainkey", value: "dkim.smtp2go.net", isVerified: dkim, status: nil),
      returnPath: .init(
        name: "em1", value: "return.smtp2go.net", isVerified: returnPath, status: nil),
      tracking: [])
  }

  private func states(
    _ probe: ProviderProbe?, _ more: [String: String] = [:]
  ) throws -> [String: Box] {
    let account = AccountBoxes(settings: try settings(more), organisation: nil, probe: probe)
    return Dictionary(uniqueKeysWithValues: account.all.map { ($0.id, $0) })
  }

  @Test func `nothing that is optional stands in the way of a key that may only send`() throws {
    let boxes = try states(probe(["/email/send", "/sms/send"]))
    #expect(boxes.values.filter(\.isInTheWay).isEmpty)
    #expect(boxes["activity_permission"]?.state == .missing)
    #expect(boxes["activity_permission"]?.found.contains("a person is asked") == true)
    #expect(boxes["sms_received_permission"]?.found.contains("AIOM_SMS_OPT_OUT") == true)
  }

  @Test func `a key that may not send e-mail stands in the way`() throws {
    let boxes = try states(probe(["/sms/send"]))
    #expect(boxes.values.filter(\.isInTheWay).map(\.id) == ["email_permission"])
  }

  @Test(arguments: ["*", "/email/*"])
  func `patterns count as permissions`(_ pattern: String) throws {
    #expect(try states(probe([pattern]))["email_permission"]?.state == .ok)
    let sms = try states(probe([pattern]))["sms_permission"]?.state
    #expect(sms == (pattern == "*" ? .ok : .missing))
  }

  @Test(
    arguments: [
      (true, true, "ok ok ok ok"), (true, false, "missing ok missing missing"),
      (false, true, "missing missing ok ok"), (nil, true, "missing cannot_tell ok ok"),
    ] as [(Bool?, Bool?, String)])
  func `domain, DKIM, return path and SPF are told one by one`(
    _ dkim: Bool?, _ returnPath: Bool?, _ expected: String
  ) throws {
    var probe = probe(["*"])
    probe.domains = CallResult(outcome: .accepted([domain(dkim: dkim, returnPath: returnPath)]))
    probe.senders = CallResult(outcome: .accepted([]))
    let boxes = try states(probe)
    let found = ["domain_verified", "dkim", "return_path", "spf"].map {
      boxes[$0]?.state.rawValue ?? ""
    }
    #expect(found.joined(separator: " ") == expected)
    #expect(
      boxes["sender_verified"]?.state == (dkim == true && returnPath == true ? .ok : .missing))
    #expect(boxes["dmarc"]?.state == .cannotTell)
    #expect(boxes["dmarc"]?.found == "not looked up")
  }

  @Test func `a record that is missing is named with its target`() throws {
    var probe = probe(["*"])
    probe.domains = CallResult(outcome: .accepted([domain(dkim: false, returnPath: true)]))
    let fix = try #require(try states(probe)["dkim"]?.fix)
    #expect(fix.contains("s1._domainkey.acme.com -> dkim.smtp2go.net"))
  }

  @Test func `a single sender that is verified is enough`() throws {
    var probe = probe(["*"])
    probe.domains = CallResult(outcome: .accepted([]))
    probe.senders = CallResult(
      outcome: .accepted([SingleSender(emailAddress: "Billing@Acme.com", isVerified: true)]))
    #expect(try states(probe)["sender_verified"]?.state == .ok)
  }

  @Test func `a plan that is used up stands in the way`() throws {
    var probe = probe(["*"])
    probe.cycle = CallResult(
      outcome: .accepted(EmailCycle(start: nil, end: nil, used: 1000, remaining: 0, maximum: 1000)))
    #expect(try states(probe)["plan_usage"]?.isInTheWay == true)
    probe.cycle = CallResult(
      outcome: .accepted(EmailCycle(start: nil, end: nil, used: 999, remaining: 1, maximum: 1000)))
    #expect(try states(probe)["plan_usage"]?.state == .ok)
  }

  @Test func `without a public address polling and mailto are named`() throws {
    let found = try #require(try states(probe(["*"]))["public_url"]?.found)
    #expect(found.contains("polled") && found.contains("mailto"))
    let set = try states(probe(["*"]), ["AIOM_PUBLIC_URL": "https://aiom.acme.com/"])
    #expect(set["public_url"]?.state == .ok)
  }

  @Test func `not asked, nothing is claimed`() throws {
    let boxes = try states(nil)
    #expect(boxes["key"]?.state == .ok)
    for id in ["authenticates", "email_permission", "sender_verified", "dkim", "webhook"] {
      #expect(boxes[id]?.state == .cannotTell, "\(id)")
    }
  }

  @Test(arguments: [(0.0, "0.00"), (12.5, "12.50"), (0.0051, "0.0051"), (3, "3.00")])
  func `the provider's figures read as amounts`(_ value: Double, _ text: String) {
    #expect(ProviderFigure.text(value) == text)
  }
}
