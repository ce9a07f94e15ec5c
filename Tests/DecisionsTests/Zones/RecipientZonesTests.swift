import ActionProtocol
import Decisions
import Foundation
import Testing

@Suite struct RecipientZonesTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let why: String
    var contact: RecordedPlace?
    var company: RecordedPlace?
    var phone: String?
    let source: RecipientZones.Source
    let zones: [String]
    let country: String?

    var testDescription: String { why }
  }

  static let cases: [Known] = [
    Known(
      why: "the contact's zone comes first",
      contact: RecordedPlace(zone: "Asia/Tokyo", country: "JP"),
      company: RecordedPlace(zone: "Europe/Paris", country: "FR"), phone: "DE",
      source: .contact, zones: ["Asia/Tokyo"], country: "JP"),
    Known(
      why: "the company's zone comes before the contact's country",
      contact: RecordedPlace(country: "JP"),
      company: RecordedPlace(zone: "Europe/Paris", country: "FR"),
      source: .company, zones: ["Europe/Paris"], country: "JP"),
    Known(
      why: "a zone that nobody knows is passed over",
      contact: RecordedPlace(zone: "Mars/Olympus"),
      company: RecordedPlace(zone: "Europe/Paris"),
      source: .company, zones: ["Europe/Paris"], country: "FR"),
    Known(
      why: "the contact's country comes before the company's",
      contact: RecordedPlace(country: "se"), company: RecordedPlace(country: "FR"),
      source: .country, zones: ["Europe/Stockholm"], country: "SE"),
    Known(
      why: "a country with two clocks has both", company: RecordedPlace(country: "NZ"),
      source: .country, zones: ["Pacific/Auckland", "Pacific/Chatham"], country: "NZ"),
    Known(
      why: "a country that does not exist is passed over",
      company: RecordedPlace(country: "XX"), phone: "AT",
      source: .country, zones: ["Europe/Vienna"], country: "AT"),
    Known(
      why: "a number tells the country where nothing else does", phone: "IN",
      source: .country, zones: ["Asia/Kolkata"], country: "IN"),
    Known(
      why: "the organisation's zone comes last", company: RecordedPlace(),
      source: .organisation, zones: ["America/New_York"], country: "US"),
  ]

  @Test(arguments: cases)
  func `a recipient is in`(_ known: Known) throws {
    let found = RecipientZones(
      contact: known.contact, company: known.company, phoneCountry: known.phone,
      organisation: (try zone("America/New_York"), "US"))
    #expect(found.source == known.source)
    #expect(found.zones.map(\.identifier) == known.zones)
    #expect(found.country == known.country)
    #expect(found.found.contains(known.zones.count == 1 ? known.zones[0] : "all"))
  }

  @Test func `names that are no place are told`() throws {
    let found = RecipientZones(
      contact: RecordedPlace(zone: "Mars/Olympus", country: "XX"), company: nil,
      organisation: (try zone("America/New_York"), "US"))
    #expect(found.unknown == ["Mars/Olympus", "XX"])
  }
}
