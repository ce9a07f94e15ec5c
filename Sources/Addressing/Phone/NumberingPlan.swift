/// How one calling code's national numbers look: leading digits with their lengths, and the
/// prefixes dialled before them.
struct NumberingPlan: Sendable {
  /// Numbers with these leading digits have one of these lengths, trunk prefix not counted. Of
  /// several ranges the one with the longest fitting prefix decides.
  struct Range: Sendable {
    let prefixes: [String]
    let lengths: ClosedRange<Int>

    init(_ prefixes: String, _ lengths: ClosedRange<Int>) {
      self.prefixes = prefixes.split(separator: " ").map(String.init)
      self.lengths = lengths
    }

    init(_ prefixes: String, _ length: Int) {
      self.init(prefixes, length...length)
    }
  }

  let callingCode: String
  /// ISO 3166 alpha-2 codes of the countries whose national forms this plan reads.
  let countries: [String]
  /// Dialled before a national number inside the country; empty where there is none.
  let trunkPrefix: String
  /// Dialled before a foreign number.
  let exitPrefixes: [String]
  let ranges: [Range]

  /// True where the digits are a national number of this plan, without trunk prefix.
  func matches(_ digits: String) -> Bool {
    if callingCode == "1", !NorthAmerica.matches(digits) { return false }
    var longest = 0
    var fits = false
    for range in ranges {
      for prefix in range.prefixes where digits.hasPrefix(prefix) {
        guard prefix.utf8.count >= longest else { continue }
        let isSame = prefix.utf8.count == longest
        fits = range.lengths.contains(digits.utf8.count) || (isSame && fits)
        longest = prefix.utf8.count
      }
    }
    return fits
  }

  /// The national number behind the digits, its trunk prefix dropped, or nil.
  func national(_ digits: String) -> String? {
    if !trunkPrefix.isEmpty, digits.hasPrefix(trunkPrefix) {
      let rest = String(digits.dropFirst(trunkPrefix.count))
      if matches(rest) { return rest }
    }
    return matches(digits) ? digits : nil
  }

  static func of(country: String) -> NumberingPlan? {
    let code = country.uppercased()
    return byCountry[code == "UK" ? "GB" : code]
  }

  static func of(callingCode: String) -> NumberingPlan? { byCallingCode[callingCode] }

  private static let byCallingCode = Dictionary(
    uniqueKeysWithValues: all.map { ($0.callingCode, $0) })

  private static let byCountry = Dictionary(
    uniqueKeysWithValues: all.flatMap { plan in plan.countries.map { ($0, plan) } })
}
