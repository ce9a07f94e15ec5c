/// The rules of the countries whose holidays are known. Sources and what each leaves out:
/// docs/reference/holidays.md.
enum NationalHolidays {
  static let rules: [String: [HolidayRule]] = [
    "AU": australia, "DE": germany, "ES": spain, "FR": france, "GB": unitedKingdom, "IN": india,
    "IT": italy, "NL": netherlands, "NZ": newZealand, "SE": sweden, "US": unitedStates,
    "ZA": southAfrica,
  ]

  /// In which years a country's rules are known to hold.
  static func years(_ country: String) -> ClosedRange<Int> {
    country == "IN" ? 2026...2028 : 2024...2040
  }

  /// Proclaimed one-off days, and days of the moon, are known up to this day.
  static let asOf = "2026-11-23"

  private static let unitedStates: [HolidayRule] = [
    HolidayRule("New Year's Day", .fixed(1, 1), .nearest),
    HolidayRule("Martin Luther King Jr. Day", .nth(3, weekday: 1, month: 1)),
    HolidayRule("Washington's Birthday", .nth(3, weekday: 1, month: 2)),
    HolidayRule("Memorial Day", .nth(-1, weekday: 1, month: 5)),
    HolidayRule("Juneteenth", .fixed(6, 19), .nearest),
    HolidayRule("Independence Day", .fixed(7, 4), .nearest),
    HolidayRule("Labor Day", .nth(1, weekday: 1, month: 9)),
    HolidayRule("Columbus Day", .nth(2, weekday: 1, month: 10)),
    HolidayRule("Veterans Day", .fixed(11, 11), .nearest),
    HolidayRule("Thanksgiving Day", .nth(4, weekday: 4, month: 11)),
    HolidayRule("Christmas Day", .fixed(12, 25), .nearest),
  ]

  private static let australia: [HolidayRule] = [
    HolidayRule("New Year's Day", .fixed(1, 1)),
    HolidayRule("Australia Day", .fixed(1, 26)),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Easter Monday", .easter(1)),
    HolidayRule("ANZAC Day", .fixed(4, 25)),
    HolidayRule("Christmas Day", .fixed(12, 25)),
    HolidayRule("Boxing Day", .fixed(12, 26)),
  ]

  private static let newZealand: [HolidayRule] = [
    HolidayRule("New Year's Day", .fixed(1, 1), .nextFree),
    HolidayRule("Day after New Year's Day", .fixed(1, 2), .nextFree),
    HolidayRule("Waitangi Day", .fixed(2, 6), .mondayAfterWeekend),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Easter Monday", .easter(1)),
    HolidayRule("Anzac Day", .fixed(4, 25), .mondayAfterWeekend),
    HolidayRule("King's Birthday", .nth(1, weekday: 1, month: 6)),
    HolidayRule(
      "Matariki",
      .listed([
        2024: [628], 2025: [620], 2026: [710], 2027: [625], 2028: [714], 2029: [706],
        2030: [621], 2031: [711], 2032: [702], 2033: [624], 2034: [707], 2035: [629],
        2036: [718], 2037: [710], 2038: [625], 2039: [715], 2040: [706],
      ])),
    HolidayRule("Labour Day", .nth(4, weekday: 1, month: 10)),
    HolidayRule("Christmas Day", .fixed(12, 25), .nextFree),
    HolidayRule("Boxing Day", .fixed(12, 26), .nextFree),
  ]

  private static let southAfrica: [HolidayRule] = [
    HolidayRule("New Year's Day", .fixed(1, 1), .mondayAfterSunday),
    HolidayRule("Human Rights Day", .fixed(3, 21), .mondayAfterSunday),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Family Day", .easter(1)),
    HolidayRule("Freedom Day", .fixed(4, 27), .mondayAfterSunday),
    HolidayRule("Workers' Day", .fixed(5, 1), .mondayAfterSunday),
    HolidayRule("Youth Day", .fixed(6, 16), .mondayAfterSunday),
    HolidayRule("National Women's Day", .fixed(8, 9), .mondayAfterSunday),
    HolidayRule("Heritage Day", .fixed(9, 24), .mondayAfterSunday),
    HolidayRule("Day of Reconciliation", .fixed(12, 16), .mondayAfterSunday),
    HolidayRule("Christmas Day", .fixed(12, 25), .mondayAfterSunday),
    HolidayRule("Day of Goodwill", .fixed(12, 26), .mondayAfterSunday),
    HolidayRule("Elections", .listed([2024: [529], 2026: [1104]])),
  ]
}
