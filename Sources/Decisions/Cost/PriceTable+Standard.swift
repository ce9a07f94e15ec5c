extension PriceTable {
  /// The figures that hold until the operator gives others.
  ///
  /// Text messages: the ranges of the user's setup guide of January 2026; the provider publishes
  /// none that could be found. Plans: the provider's pages as read in August 2026; the guide's
  /// *Growth* plan was not among them, so that it is shown and never recommended.
  public static let standard = PriceTable(
    currency: "USD",
    source: "SMS: the setup guide of January 2026; plans: the provider's pages, August 2026",
    sms: [
      SMSPrice(name: "US and Canada", countries: ["US", "CA"], unit: cents(2, 4)),
      SMSPrice(name: "Europe", countries: europe, unit: cents(4, 10)),
      SMSPrice(name: "Asia", countries: asia, unit: cents(2, 8)),
    ],
    elsewhere: cents(2, 10),
    plans: [
      EmailPlan(
        name: "Free", monthly: .zero, emails: 1000, perDay: 200, hasSMS: false,
        note: "25 an hour until a sender domain is verified; 5 days of activity"),
      EmailPlan(
        name: "Starter", monthly: dollars(10), emails: 10_000, furtherThousand: dollars(1)),
      EmailPlan(
        name: "Growth", monthly: dollars(30), emails: 50_000, isOffered: false,
        note: "from the setup guide; not found among the provider's plans"),
      EmailPlan(
        name: "Professional", monthly: dollars(75), emails: 100_000,
        furtherThousand: Price(micros: 850_000)),
    ])

  private static func dollars(_ count: Int64) -> Price { Price(micros: count * 1_000_000) }

  private static func cents(_ low: Int64, _ high: Int64) -> PriceRange {
    PriceRange(Price(micros: low * 10_000), Price(micros: high * 10_000))
  }

  private static let europe = codes(
    """
    AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU
    LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK
    """)

  private static let asia = codes(
    """
    AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY
    NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE
    """)

  private static func codes(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
