import Foundation

/// Reads words that stand for something: yes and no, countries, time zones, languages.
enum WordReader {
  static func flag(_ cell: String) throws -> Bool {
    switch cell.lowercased() {
    case "true", "yes", "y", "1", "x", "on", "ja", "wahr", "oui", "si", "sì", "sí": return true
    case "false", "no", "n", "0", "off", "nein", "falsch", "non": return false
    default: throw ValueProblem("is neither yes nor no", remedy: "Write yes or no.")
    }
  }

  /// An ISO 3166-1 alpha-2 code, given as code or as the country's name.
  static func country(_ cell: String) throws -> String {
    let code = cell.uppercased()
    if code == "UK" { return "GB" }
    if countries.codes.contains(code) { return code }
    guard let named = countries.byName[HeaderName(cell)] else {
      throw ValueProblem(
        "is no country", remedy: "Write its two-letter code, such as US, GB or DE.")
    }
    return named
  }

  static func zone(_ cell: String) throws -> String {
    guard TimeZone.knownTimeZoneIdentifiers.contains(cell) || cell == "UTC" else {
      throw ValueProblem("is no time zone", remedy: "Write its IANA name, such as Europe/Berlin.")
    }
    return cell
  }

  /// A language tag; Odoo's and POSIX's underscore becomes a hyphen.
  static func language(_ cell: String) throws -> String {
    let parts = cell.split(separator: ".")[0].split { $0 == "_" || $0 == "-" }
    guard let first = parts.first, parts.count <= 3, (2...3).contains(first.count),
      parts.allSatisfy({ $0.count <= 8 && $0.utf8.allSatisfy(isAlphanumeric) }),
      first.utf8.allSatisfy({ !(0x30...0x39).contains($0) })
    else {
      throw ValueProblem("is no language tag", remedy: "Write it as en, de or en-GB.")
    }
    let region = parts.dropFirst().map { $0.count == 2 ? $0.uppercased() : String($0) }
    return ([first.lowercased()] + region).joined(separator: "-")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Names in the languages of the presets and their neighbours, from the system's own tables.
  private static let countries: (codes: Set<String>, byName: [HeaderName: String]) = {
    let codes = Locale.Region.isoRegions.map(\.identifier).filter {
      $0.count == 2 && $0.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
    var names: [HeaderName: String] = [
      "USA": "US", "United States of America": "US", "Great Britain": "GB", "England": "GB",
      "Scotland": "GB", "Wales": "GB", "Holland": "NL", "Czech Republic": "CZ",
    ]
    for language in ["en", "de", "fr", "es", "it", "nl"] {
      let locale = Locale(identifier: language)
      for code in codes {
        if let name = locale.localizedString(forRegionCode: code) { names[HeaderName(name)] = code }
      }
    }
    return (Set(codes), names)
  }()
}
