extension NationalHolidays {
  /// The days on which the offices of the Union close. Most follow the moon and are proclaimed year
  /// by year, so they stand here as dates: 2026 as gazetted; of 2027 and 2028 the days of the Islamic
  /// calendar are estimates and may be a day off.
  static let india: [HolidayRule] = [
    HolidayRule("Republic Day", .fixed(1, 26)),
    HolidayRule("Maha Shivaratri", .listed([2027: [306], 2028: [223]])),
    HolidayRule("Holi", .listed([2026: [304], 2027: [322], 2028: [311]])),
    HolidayRule("Eid al-Fitr", .listed([2026: [321], 2027: [310], 2028: [227]])),
    HolidayRule("Ram Navami", .listed([2026: [326], 2027: [415], 2028: [403]])),
    HolidayRule("Mahavir Jayanti", .listed([2026: [331], 2027: [418], 2028: [407]])),
    HolidayRule("Good Friday", .easter(-2)),
    HolidayRule("Dr. B. R. Ambedkar's Birthday", .fixed(4, 14)),
    HolidayRule("Buddha Purnima", .listed([2026: [501], 2027: [520], 2028: [508]])),
    HolidayRule("Eid al-Adha", .listed([2026: [527], 2027: [517], 2028: [506]])),
    HolidayRule("Muharram", .listed([2026: [626], 2027: [616], 2028: [604]])),
    HolidayRule("Independence Day", .fixed(8, 15)),
    HolidayRule("Milad-un-Nabi", .listed([2026: [826], 2027: [815], 2028: [804]])),
    HolidayRule("Janmashtami", .listed([2026: [904], 2027: [825], 2028: [813]])),
    HolidayRule("Mahatma Gandhi's Birthday", .fixed(10, 2)),
    HolidayRule("Dussehra", .listed([2026: [1020], 2027: [1009], 2028: [927]])),
    HolidayRule("Diwali", .listed([2026: [1108], 2027: [1029], 2028: [1017]])),
    HolidayRule("Guru Nanak's Birthday", .listed([2026: [1124], 2027: [1114], 2028: [1102]])),
    HolidayRule("Christmas Day", .fixed(12, 25)),
  ]
}
