/// How one calling code's national numbers look: how many digits they have, what is dialled before
/// them, and, where the plan is known in detail, which leading digits go with which lengths.
struct NumberingPlan: Sendable {
  /// Numbers with these leading digits have one of these lengths, trunk prefix not counted.
  struct Range: Sendable {
    let lead: Digits
    let lengths: LengthSet
    let kind: PhoneNumber.Kind
  }

  let callingCode: Digits
  /// ISO 3166 alpha-2 codes of the countries that share the code, the main one first; empty for
  /// networks without a country.
  let countries: [String]
  /// Dialled before a national number inside the country; empty where there is none.
  let trunk: Digits
  /// Dialled before a foreign number; empty where callers choose among carriers.
  let exit: Digits
  /// Every length that a national number of this code can have, at most 15 digits with the code.
  let lengths: LengthSet
  /// True where numbers begin with a zero that is no trunk prefix.
  let startsWithZero: Bool
  /// Longest leading digits first; empty where only lengths are known.
  let ranges: [Range]

  /// True where leading digits are known too.
  var isDetailed: Bool { !ranges.isEmpty }

  /// True where the digits are a national number of this plan, without trunk prefix.
  func matches(_ digits: Digits) -> Bool {
    guard lengths.contains(digits.count) else { return false }
    if !startsWithZero, digits.leading(1) == 0 { return false }
    guard isDetailed else { return true }
    if callingCode.value == 1 { return NorthAmerica.matches(digits) }
    return range(of: digits)?.lengths.contains(digits.count) ?? false
  }

  /// The range with the longest leading digits that fit.
  func range(of digits: Digits) -> Range? {
    ranges.first { digits.hasPrefix($0.lead) }
  }

  /// The national number behind digits that follow the calling code or are dialled inside the
  /// country, without its trunk prefix; nil where no number of this plan is there.
  func national(_ digits: Digits) -> Digits? {
    guard !trunk.isEmpty, digits.hasPrefix(trunk) else { return matches(digits) ? digits : nil }
    let rest = digits.dropFirst(trunk.count)
    let mayKeep = trunk.leading(1) != 0 || startsWithZero
    if mayKeep, matches(digits) { return digits }
    return matches(rest) ? rest : nil
  }
}
