import ActionProtocol
import Insights
import Testing

@Suite struct `Overdue report for programs` {
  @Test func `the report of the worked example`() throws {
    let report = OverdueAnalysis.analyze(try Books.seed())
    #expect(PrettyJSON.encode(report.json) == Self.expected)
  }

  private static let expected = """
    {
      "org_id": "demo",
      "as_of": "2026-01-26",
      "records_as_of": "2026-01-25T23:00:00.000Z",
      "ageing": [
        {
          "currency": "USD",
          "rows": {
            "current": \(cell(0, 0)),
            "1-30": \(cell(0, 0)),
            "31-60": \(cell(1, 500_000)),
            "61-90": \(cell(0, 0)),
            "90+": \(cell(0, 0)),
            "no due date": \(cell(0, 0))
          },
          "total": \(cell(1, 500_000, 6)),
          "overdue": \(cell(1, 500_000, 6)),
          "not_due": \(cell(0, 0, 6)),
          "disputed_overdue": \(cell(0, 0, 6))
        }
      ],
      "customers": [
        {
          "partner_id": 7,
          "partner_name": "Acme Corp",
          "currency": "USD",
          "oldest_days_overdue": 60,
          "open": \(money(500_000, 6)),
          "overdue": \(money(500_000, 6)),
          "unallocated_credit": \(money(0, 6)),
          "invoices": [
            {
              "id": 42,
              "number": "INV-2024-001",
              "due_on": "2025-11-27",
              "days_overdue": 60,
              "open": \(money(500_000, 10)),
              "disputed": false,
              "never_remind": false
            }
          ]
        }
      ],
      "unallocated": [],
      "gaps": [],
      "left_aside": {
        "not_posted": 0,
        "not_yet_issued": 0,
        "settled": 0
      }
    }
    """

  private static func cell(_ count: Int, _ units: Int, _ indent: Int = 8) -> String {
    let margin = String(repeating: " ", count: indent)
    return
      "{\n\(margin)  \"count\": \(count),\n\(margin)  \"amount\": \(money(units, indent + 2))\n"
      + "\(margin)}"
  }

  private static func money(_ units: Int, _ indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return "{\n\(margin)  \"minor_units\": \(units),\n\(margin)  \"currency\": \"USD\"\n\(margin)}"
  }
}
