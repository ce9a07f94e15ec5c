/// What one text message costs in a group of countries.
public struct SMSPrice: Hashable, Sendable {
  /// For people: `Europe`.
  public let name: String
  /// ISO 3166 alpha-2 codes.
  public let countries: Set<String>
  /// The price of one unit: of each segment to each number.
  public let unit: PriceRange

  /// A price of a group of countries.
  public init(name: String, countries: Set<String>, unit: PriceRange) {
    self.name = name
    self.countries = countries
    self.unit = unit
  }
}

/// A monthly plan of the provider.
public struct EmailPlan: Hashable, Sendable {
  /// The provider's name for it.
  public let name: String
  /// Per month.
  public let monthly: Price
  /// E-mails a month that it includes; each recipient counts as one.
  public let emails: Int
  /// The price of each further thousand, begun ones counted whole; nil where there are no more.
  public let furtherThousand: Price?
  /// The most e-mails on one day; nil for no such limit.
  public let perDay: Int?
  /// Whether text messages can be sent.
  public let hasSMS: Bool
  /// Whether it may be recommended: the provider was seen to offer it.
  public let isOffered: Bool
  /// Something to know about it, for people.
  public let note: String?

  /// A plan.
  public init(
    name: String, monthly: Price, emails: Int, furtherThousand: Price? = nil, perDay: Int? = nil,
    hasSMS: Bool = true, isOffered: Bool = true, note: String? = nil
  ) {
    self.name = name
    self.monthly = monthly
    self.emails = emails
    self.furtherThousand = furtherThousand
    self.perDay = perDay
    self.hasSMS = hasSMS
    self.isOffered = isOffered
    self.note = note
  }
}

/// What the provider charges, as far as somebody has written it down. Nothing here comes from the
/// provider's API, which tells no prices.
public struct PriceTable: Hashable, Sendable {
  /// ISO 4217 code of every amount in it.
  public let currency: String
  /// Where the figures come from and of when they are, for people.
  public let source: String
  /// By groups of countries; a country belongs to the first that names it.
  public let sms: [SMSPrice]
  /// The price of a unit to any other or an unknown country.
  public let elsewhere: PriceRange
  /// In any order.
  public let plans: [EmailPlan]

  /// A table.
  public init(
    currency: String, source: String, sms: [SMSPrice], elsewhere: PriceRange, plans: [EmailPlan]
  ) {
    self.currency = currency
    self.source = source
    self.sms = sms
    self.elsewhere = elsewhere
    self.plans = plans
  }

  /// The group of a country; nil where none names it.
  public func group(of country: String?) -> SMSPrice? {
    guard let country else { return nil }
    return sms.first { $0.countries.contains(country) }
  }

  /// What so many units to a country cost; a segment to a number is a unit.
  public func sms(units: Int, to country: String?) -> PriceRange {
    (group(of: country)?.unit ?? elsewhere) * units
  }
}
