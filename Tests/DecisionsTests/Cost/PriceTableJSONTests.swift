import ActionProtocol
import Decisions
import Testing

@Suite struct PriceTableJSONTests {
  @Test func `an operator's figures take the place of the standard ones`() throws {
    let table = try PriceTable(
      json: [
        "source": "our invoice of October",
        "sms": [["name": "Germany", "countries": ["DE"], "low": "0.0675", "high": "0.0675"]],
        "plans": [
          [
            "name": "Ours", "monthly": "12.5", "emails": 20_000, "further_thousand": "0.9",
            "per_day": 5000, "sms": true, "note": "until 2027",
          ]
        ],
      ])
    #expect(table.currency == "USD")
    #expect(table.sms(units: 2, to: "DE").text == "0.135")
    #expect(table.sms(units: 1, to: "FR") == PriceTable.standard.elsewhere)
    let offer = try #require(table.cheapest(for: MonthlyVolume(emails: 20_001)))
    #expect(offer.fee.text == "13.40")
  }

  @Test func `nothing at all is the standard under another source`() throws {
    let table = try PriceTable(json: [:])
    #expect(table.plans == PriceTable.standard.plans)
    #expect(table.sms == PriceTable.standard.sms)
    #expect(table.source == "the operator's own figures")
  }

  @Test(
    arguments: [
      ([], ""), (["prices": "0.1"], "/prices"), (["currency": "euro"], "/currency"),
      (["currency": "EUR"], "/currency"), (["sms": []], "/sms"), (["sms": "0.1"], "/sms"),
      (["sms": [["name": "A", "countries": ["DE"], "low": 0.04, "high": "0.1"]]], "/sms/0/low"),
      (["sms": [["name": "A", "countries": ["de"], "low": "1", "high": "2"]]], "/sms/0/countries"),
      (
        ["sms": [["name": "A", "countries": ["DE", 1], "low": "1", "high": "2"]]],
        "/sms/0/countries"
      ),
      (["sms": [["countries": ["DE"], "low": "1", "high": "2"]]], "/sms/0/name"),
      (["elsewhere": ["low": "1"]], "/elsewhere/high"),
      (["plans": [["name": "A", "monthly": "1"]]], "/plans/0/emails"),
      (["plans": [["name": "A", "monthly": "1", "emails": -1]]], "/plans/0/emails"),
      (["plans": [["name": "A", "monthly": "1", "emails": 1, "sms": "no"]]], "/plans/0/sms"),
      (["plans": [["name": "A", "monthly": "1", "emails": 1, "fee": "1"]]], "/plans/0/fee"),
    ] as [(JSONValue, String)])
  func `the first thing that is wrong is named by its place`(
    _ json: JSONValue, _ pointer: String
  ) {
    #expect { try PriceTable(json: json) } throws: { error in
      guard let fault = error as? PriceTableFault else { return false }
      return fault.pointer == pointer && !fault.expected.isEmpty
    }
  }
}
