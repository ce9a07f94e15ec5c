import ActionProtocol
import Decisions
import Engine
import Testing

@testable import App

@Suite struct CostReportTests {
  private static func line(
    _ type: ActionType, _ channel: OutreachChannel, _ delivery: DeliveryMode, _ country: String?,
    _ messages: Int, _ units: Int
  ) -> UsageLine {
    UsageLine(
      actionType: type, channel: channel, delivery: delivery, country: country, messages: messages,
      units: units)
  }

  /// The first of eleven days of a month of thirty are over.
  private static let report = CostReport(
    month: MonthInProgress(
      start: Instant(milliseconds: 0), end: Instant(milliseconds: 30 * 86_400_000),
      now: Instant(milliseconds: 10 * 86_400_000)),
    name: "2026-11",
    lines: [
      line(.xSendSMSAlert, .sms, .live, "DE", 2, 3),
      line(.sendInvoiceReminder, .email, .live, "US", 10, 12),
      line(.sendInvoiceReminder, .email, .redirect, "US", 1, 1),
      line(.sendDealCheckIn, .email, .live, nil, 4, 4),
      line(.sendInvoiceReminder, .email, .sandbox, "US", 100, 100),
    ], busiest: 9, table: .standard)

  @Test func `what left is counted, what stayed in the sandbox is not`() {
    #expect(Self.report.volume == MonthlyVolume(emails: 17, smsUnits: ["DE": 3], busiestDay: 9))
    #expect(Self.report.sandboxed == 100)
    #expect(Self.report.rows.map(\.purpose) == [.reminders, .checkIns, .alerts])
    #expect(Self.report.rows[0].units == 13)
    #expect(Self.report.rows[2].cost.text == "0.12-0.30")
    #expect(Self.report.projected.emails == 51)
  }

  @Test func `the page is as reviewed`() throws {
    let view = CostView(report: Self.report, figures: nil, table: .standard)
    try GoldenFile.expect(view.rendered(style: .plain), matches: "cost.txt")
  }
}
