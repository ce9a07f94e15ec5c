import ActionProtocol

/// A day that is free by law.
public struct Holiday: Hashable, Sendable {
  public let day: LocalDate
  /// As the country calls it; a substitute day says `(observed)`.
  public let name: String
}

/// The national holidays of a country, or of one of its regions, with an org's own changes.
///
/// Two calendars of the same code and changes are equal. Looking a day up costs one hash.
public struct HolidayCalendar: Hashable, Sendable {
  /// ISO 3166-1, such as `DE`.
  public let country: String
  /// The part behind the hyphen of ISO 3166-2, such as `BY` or `ENG`; nil: what is free in the whole
  /// country.
  public let region: String?
  /// What an org adds or takes away, in its order; the last word about a day counts.
  public let changes: [HolidayChange]
  private let names: [Int: String]

  /// The countries that are known, in order.
  public static let countries: [String] = NationalHolidays.rules.keys.sorted()

  /// The regions of a country that differ from the whole, in order.
  public static func regions(of country: String) -> [String] {
    let rules = NationalHolidays.rules[country.uppercased()] ?? []
    return Set(rules.flatMap(\.regions)).sorted()
  }

  /// - Parameters:
  ///   - code: a country such as `GB`, or a region such as `GB-ENG`; case does not matter.
  ///   - changes: those for other countries and regions are left aside.
  /// - Returns: nil where neither the rules nor the changes know the country, or no such region is
  ///   known.
  public init?(_ code: String, changes: [HolidayChange] = []) {
    let parts = code.uppercased().split(separator: "-", maxSplits: 1).map(String.init)
    guard let country = parts.first else { return nil }
    let region = parts.count > 1 ? parts[1] : nil
    let own = changes.filter { $0.applies(to: country, region) }
    let isOwn = own.contains { $0.country == country && $0.region == region }
    guard
      let known = Self.known["\(country)-\(region ?? "")"]
        ?? (isOwn ? Self.known["\(country)-"] ?? [:] : nil)
    else { return nil }
    self.country = country
    self.region = region
    self.changes = own
    names = own.reduce(into: known) { names, change in
      names[change.day.epochDay] = change.isAdded ? change.name : nil
    }
  }

  /// The country, with the region where there is one.
  public var code: String { region.map { "\(country)-\($0)" } ?? country }

  /// The years whose holidays are known; nil where only an org's own days are.
  public var years: ClosedRange<Int>? {
    NationalHolidays.rules[country] == nil ? nil : NationalHolidays.years(country)
  }

  /// What is celebrated on the day; nil where nothing is, or where the year is not known.
  public func holiday(on day: LocalDate) -> Holiday? {
    names[day.epochDay].map { Holiday(day: day, name: $0) }
  }

  /// The holidays of a year in order; none where the year is not known.
  public func holidays(in year: Int) -> [Holiday] {
    let span = YearDay.number(year, 1, 1)..<YearDay.number(year + 1, 1, 1)
    return names.filter { span.contains($0.key) }.sorted { $0.key < $1.key }
      .map { Holiday(day: LocalDate(epochDay: $0.key), name: $0.value) }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.code == right.code && left.changes == right.changes
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(changes)
  }

  func contains(_ epochDay: Int) -> Bool { names[epochDay] != nil }

  /// By `country-region`, the region empty for the whole country.
  private static let known: [String: [Int: String]] = {
    var known: [String: [Int: String]] = [:]
    for (country, rules) in NationalHolidays.rules {
      for region in [nil] + regions(of: country).map(Optional.some) {
        let years = HolidayYears(rules, region: region, years: NationalHolidays.years(country))
        known["\(country)-\(region ?? "")"] = years.names
      }
    }
    return known
  }()
}
