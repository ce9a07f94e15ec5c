import ActionProtocol
import Foundation
import Insights

extension CompanyProfile {
  /// An invented company for tests: US dollars, business hours nine to five from Monday to Friday in
  /// New York where nothing else is said. Traps on a constant that is wrong, because the test itself
  /// is wrong then.
  public static func sample(
    _ org: String, name: String = "Harbor Books", address: String? = "1 Pier Road, Boston MA 02110",
    country: String = "US", zone: String = "America/New_York", currency: String = "USD",
    window: (start: String, end: String, days: [Int]) = ("09:00", "17:00", [1, 2, 3, 4, 5])
  ) -> CompanyProfile {
    guard let id = OrgID(rawValue: org), let zone = TimeZone(identifier: zone),
      let currency = Currency(code: currency)
    else { preconditionFailure("a sample company's id, zone or currency") }
    return CompanyProfile(
      orgID: id, name: name, legalName: "\(name) LLC", postalAddress: address, country: country,
      zone: zone, currency: currency, locale: "en_US", windowStart: window.start,
      windowEnd: window.end, windowDays: window.days)
  }

  /// Open at every hour of every day.
  public static let aroundTheClock = (start: "00:00", end: "24:00", days: [1, 2, 3, 4, 5, 6, 7])
}
