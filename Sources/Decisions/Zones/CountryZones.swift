import Foundation

/// Which time zones a country has, by the time zone database.
public enum CountryZones {
  /// The names of all zones of a country, the most populous first; none where the code is not one of
  /// ISO 3166-1, or nobody lives there (`BV`, `HM`).
  public static func names(of country: String) -> [String] {
    (groups[country.uppercased()] ?? []).flatMap { $0 }
  }

  /// One zone for each clock that a country has: two zones whose clocks agree count once.
  public static func clocks(of country: String) -> [TimeZone] {
    (groups[country.uppercased()] ?? []).compactMap { group in
      // A name that this machine does not know yet has an older one beside it.
      group.lazy.compactMap { TimeZone(identifier: $0) }.first
    }
  }

  /// The only country that has the zone; nil where several share it, or the name is another's alias.
  public static func country(of zone: String) -> String? { countryByZone[zone] ?? nil }

  /// All countries with a zone, in order.
  public static let countries: [String] = groups.keys.sorted()

  private static let groups: [String: [[String]]] = {
    var groups: [String: [[String]]] = [:]
    var country = ""
    for word in table.split(whereSeparator: \.isWhitespace) {
      if word.utf8.count == 2 {
        country = String(word)
      } else if word.hasPrefix("=") {
        let place = (groups[country]?.count ?? 1) - 1
        groups[country]?[place].append(String(word.dropFirst()))
      } else {
        groups[country, default: []].append([String(word)])
      }
    }
    return groups
  }()

  private static let countryByZone: [String: String?] = {
    var found: [String: String?] = [:]
    for (country, groups) in groups {
      for name in groups.joined() {
        found[name] = .some(found[name] == nil ? country : nil)
      }
    }
    return found
  }()
}
