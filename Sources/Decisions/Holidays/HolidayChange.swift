import ActionProtocol

/// A day that an org celebrates although its country does not, or the other way round.
public struct HolidayChange: Hashable, Sendable {
  public let day: LocalDate
  /// ISO 3166-1; nil: everywhere.
  public let country: String?
  /// The part behind the hyphen of ISO 3166-2; nil: in the whole country.
  public let region: String?
  public let name: String
  public let isAdded: Bool

  public init(day: LocalDate, country: String?, region: String?, name: String, isAdded: Bool) {
    self.day = day
    self.country = country
    self.region = region
    self.name = name
    self.isAdded = isAdded
  }

  func applies(to country: String, _ region: String?) -> Bool {
    (self.country == nil || self.country == country)
      && (self.region == nil || self.region == region)
  }
}
