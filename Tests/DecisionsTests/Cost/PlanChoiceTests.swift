import Decisions
import Testing

@Suite struct PlanChoiceTests {
  private let table = PriceTable.standard

  // MARK: The user's two estimates

  /// 100 reminders, 50 follow-ups, 200 notifications, 20 alerts: the guide said $1-5 on Starter.
  @Test func `the conservative estimate costs 10.40 to 12.00, because Starter alone is 10`() throws
  {
    let volume = MonthlyVolume(emails: 100 + 50 + 200, smsUnits: [nil: 20])
    #expect(volume.emails == 350)
    let offer = try #require(table.cheapest(for: volume))
    #expect(offer.plan.name == "Starter")
    #expect(offer.fee.text == "10.00")
    #expect(offer.sms.text == "0.40-2.00")
    #expect(offer.total.text == "10.40-12.00")
  }

  @Test func `without its text messages the conservative estimate is free`() throws {
    let offer = try #require(table.cheapest(for: MonthlyVolume(emails: 350)))
    #expect(offer.plan.name == "Free")
    #expect(offer.total.text == "0.00")
  }

  /// 500 + 300 + 200 + 500 e-mails, 100 alerts: the guide said $12-20 on Starter.
  @Test func `the high estimate costs 12 to 20, as the guide says`() throws {
    let volume = MonthlyVolume(emails: 500 + 300 + 200 + 500, smsUnits: [nil: 100])
    #expect(volume.emails == 1500)
    let offer = try #require(table.cheapest(for: volume))
    #expect(offer.plan.name == "Starter")
    #expect(offer.total.text == "12.00-20.00")
  }

  @Test(arguments: [
    ("US", "10.40-10.80", "12.00-14.00"), ("DE", "10.80-12.00", "14.00-20.00"),
    ("IN", "10.40-11.60", "12.00-18.00"), ("BR", "10.40-12.00", "12.00-20.00"),
  ])
  func `the estimates differ by country`(_ country: String, _ low: String, _ high: String) throws {
    let few = MonthlyVolume(emails: 350, smsUnits: [country: 20])
    let many = MonthlyVolume(emails: 1500, smsUnits: [country: 100])
    #expect(try #require(table.cheapest(for: few)).total.text == low)
    #expect(try #require(table.cheapest(for: many)).total.text == high)
  }

  // MARK: Edges

  @Test(
    arguments: [
      (0, nil, "Free", "0.00"), (1000, nil, "Free", "0.00"), (1000, 200, "Free", "0.00"),
      (1000, 201, "Starter", "10.00"), (1001, nil, "Starter", "10.00"),
      (10_000, nil, "Starter", "10.00"), (10_001, nil, "Starter", "11.00"),
      (11_000, nil, "Starter", "11.00"), (11_001, nil, "Starter", "12.00"),
      (75_000, nil, "Starter", "75.00"), (75_001, nil, "Professional", "75.00"),
      (100_000, nil, "Professional", "75.00"), (100_001, nil, "Professional", "75.85"),
    ] as [(Int, Int?, String, String)])
  func `the cheapest plan changes where its limits are`(
    _ emails: Int, _ busiest: Int?, _ plan: String, _ fee: String
  ) throws {
    let offer = try #require(
      table.cheapest(for: MonthlyVolume(emails: emails, busiestDay: busiest)))
    #expect(offer.plan.name == plan)
    #expect(offer.fee.text == fee)
  }

  @Test func `a plan that nobody offers is shown and never recommended`() throws {
    let offers = table.offers(for: MonthlyVolume(emails: 50_000))
    let growth = try #require(offers.first { $0.plan.name == "Growth" })
    #expect(growth.obstacles == [.notOffered])
    #expect(growth.fee.text == "30.00")
    #expect(offers.first?.plan.name == "Starter")
    #expect(offers.first?.fee.text == "50.00")
  }

  @Test func `every obstacle is named`() throws {
    let offers = table.offers(
      for: MonthlyVolume(emails: 2000, smsUnits: ["US": 1], busiestDay: 300))
    let free = try #require(offers.first { $0.plan.name == "Free" })
    #expect(free.obstacles == [.tooManyEmails, .tooManyADay, .noSMS])
  }

  @Test func `where nothing fits, nothing is recommended`() {
    let small = PriceTable(
      currency: "EUR", source: "test", sms: [], elsewhere: .zero,
      plans: [EmailPlan(name: "Only", monthly: .zero, emails: 10)])
    #expect(small.cheapest(for: MonthlyVolume(emails: 11)) == nil)
    #expect(small.cheapest(for: MonthlyVolume(emails: 10))?.plan.name == "Only")
  }

  @Test func `a country belongs to one group at most`() {
    let countries = table.sms.flatMap { Array($0.countries) }
    #expect(Set(countries).count == countries.count)
    #expect(countries.allSatisfy { $0.utf8.count == 2 })
  }

  @Test func `two segments cost twice as much as one`() {
    #expect(table.sms(units: 1, to: "GB").text == "0.04-0.10")
    #expect(table.sms(units: 2, to: "GB").text == "0.08-0.20")
  }
}
