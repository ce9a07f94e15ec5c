import Testing

@testable import Addressing

@Suite struct PhoneFormatTests {
  @Test(arguments: [
    ("+442079460958", "020 7946 0958", "+44 20 7946 0958"),
    ("+447400123456", "07400 123456", "+44 7400 123456"),
    ("+16175550123", "(617) 555-0123", "+1 617-555-0123"),
    ("+4930123456", "030 123456", "+49 30 123456"),
    ("+4915112345678", "01511 2345678", "+49 1511 2345678"),
    ("+33123456789", "01 23 45 67 89", "+33 1 23 45 67 89"),
    ("+33801234567", "0 801 23 45 67", "+33 801 23 45 67"),
    ("+34612345678", "612 34 56 78", "+34 612 34 56 78"),
    ("+390612345678", "06 1234 5678", "+39 06 1234 5678"),
    ("+393123456789", "312 345 6789", "+39 312 345 6789"),
    ("+31612345678", "06 12345678", "+31 6 12345678"),
    ("+46812345678", "08-123 456 78", "+46 8 123 456 78"),
    ("+46701234567", "070-123 45 67", "+46 70 123 45 67"),
    ("+61291234567", "(02) 9123 4567", "+61 2 9123 4567"),
    ("+61412345678", "0412 345 678", "+61 412 345 678"),
    ("+64211234567", "021 123 4567", "+64 21 123 4567"),
    ("+27821234567", "082 123 4567", "+27 82 123 4567"),
    ("+919876543210", "098765 43210", "+91 98765 43210"),
    ("+35312345678", "012345678", "+353 12345678"), ("+3512345678901", "", ""),
  ])
  func `a number is printed as its country prints it`(
    e164: String, national: String, international: String
  ) {
    let number = try? PhoneNumber(e164: e164)
    #expect(number?.nationalFormat ?? "" == national)
    #expect(number?.international ?? "" == international)
  }

  @Test(
    arguments: [
      ("+442079460958", .fixed), ("+447400123456", .mobile), ("+448001234567", .tollFree),
      ("+449012345678", .premiumRate), ("+447012345678", .personal), ("+447640123456", .pager),
      ("+16175550123", .fixedOrMobile), ("+18005550123", .tollFree), ("+19005550123", .premiumRate),
      ("+4915112345678", .mobile), ("+498001234567", .tollFree), ("+33612345678", .mobile),
      ("+390612345678", .fixed), ("+919876543210", .mobile), ("+35312345678", nil),
    ] as [(String, PhoneNumber.Kind?)])
  func `leading digits tell what a number is for`(e164: String, kind: PhoneNumber.Kind?) throws {
    #expect(try PhoneNumber(e164: e164).kind == kind)
  }

  @Test func `services are told from what can receive a message`() {
    let able = PhoneNumber.Kind.allCases.filter(\.mayReceiveSMS)
    #expect(able == [.fixed, .mobile, .fixedOrMobile, .voip])
  }

  @Test(arguments: CallingCodes.plans.indices)
  func `every entry of the table is whole`(index: Int) throws {
    let plan = CallingCodes.plans[index]
    #expect((1...3).contains(plan.callingCode.count))
    #expect(!plan.lengths.isEmpty)
    #expect(plan.callingCode.count + plan.lengths.smallest >= 7)
    #expect(plan.callingCode.count + plan.lengths.largest <= 15)
    #expect(plan.countries.allSatisfy { $0.utf8.count == 2 })
    for country in plan.countries {
      #expect(CallingCodes.plan(country: country)?.callingCode == plan.callingCode)
    }
    for range in plan.ranges { #expect(range.lead.count > 0) }
  }

  @Test func `the table has every code that ITU-T assigned to countries and networks`() {
    #expect(CallingCodes.plans.count == 215)
    #expect(CallingCodes.plans.flatMap(\.countries).count == 245)
  }
}
