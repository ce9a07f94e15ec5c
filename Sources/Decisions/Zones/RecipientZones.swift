import ActionProtocol
import Foundation

/// Where a record of the books says that somebody is.
public struct RecordedPlace: Hashable, Sendable {
  /// The name of a time zone.
  public var zone: String?
  /// ISO 3166-1, two letters.
  public var country: String?

  public init(zone: String? = nil, country: String? = nil) {
    self.zone = zone
    self.country = country
  }
}

/// The time zones that a recipient may be in, and how that is known.
///
/// The contact's zone counts before the company's, that before a country (the contact's, the
/// company's, the phone number's), and the org's zone last. Of a country with several clocks every one
/// is possible, so a message goes only while it is allowed on all of them.
public struct RecipientZones: Hashable, Sendable {
  /// What told the zones.
  public enum Source: String, CaseIterable, Hashable, Sendable {
    case contact, company, country, organisation
  }

  public let source: Source
  /// One for each clock; never empty.
  public let zones: [TimeZone]
  /// The country whose holidays and laws count; nil where nothing tells it.
  public let country: String?
  /// Names in the books that are no zone or country, for a person to correct.
  public let unknown: [String]

  /// - Parameters:
  ///   - contact: the person's own record; nil where the message goes to the company.
  ///   - company: the company's record; nil where there is none.
  ///   - phoneCountry: the country that the recipient's number belongs to.
  ///   - organisation: the org's own place, which counts where nothing else is known.
  public init(
    contact: RecordedPlace?, company: RecordedPlace?, phoneCountry: String? = nil,
    organisation: (zone: TimeZone, country: String)
  ) {
    let zone = Self.zone(contact, company)
    let countries = [contact?.country, company?.country, phoneCountry].compactMap { $0 }
    let known = countries.first { !CountryZones.clocks(of: $0).isEmpty }?.uppercased()
    if let (source, zone) = zone {
      self.source = source
      zones = [zone]
      country = known ?? CountryZones.country(of: zone.identifier)
    } else if let known {
      source = .country
      zones = CountryZones.clocks(of: known)
      country = known
    } else {
      source = .organisation
      zones = [organisation.zone]
      country = organisation.country
    }
    unknown =
      [contact?.zone, company?.zone].compactMap { $0 }.filter { TimeZone(identifier: $0) == nil }
      + countries.filter { CountryZones.clocks(of: $0).isEmpty }
  }

  /// For a person: `Asia/Tokyo (the contact's)`, `all 6 clocks of US`.
  public var found: String {
    let first = zones.first?.identifier ?? ""
    switch source {
    case .contact: return "\(first) (the contact's)"
    case .company: return "\(first) (the company's)"
    case .country:
      let country = country ?? ""
      return zones.count == 1
        ? "\(first) (of \(country))" : "all \(zones.count) clocks of \(country)"
    case .organisation: return "\(first) (the organisation's)"
    }
  }

  private static func zone(
    _ contact: RecordedPlace?, _ company: RecordedPlace?
  ) -> (Source, TimeZone)? {
    for (source, place) in [(Source.contact, contact), (.company, company)] {
      if let name = place?.zone, let zone = TimeZone(identifier: name) { return (source, zone) }
    }
    return nil
  }
}
