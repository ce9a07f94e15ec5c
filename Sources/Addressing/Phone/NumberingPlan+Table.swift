extension NumberingPlan {
  /// The plans that are known. Facts from the regulators' published plans as of 2026, coarse by
  /// intention: a number that is not refused need not be in service.
  static let all: [NumberingPlan] = [
    northAmerica, britain, germany, france, spain, italy, netherlands, sweden, australia,
    newZealand, southAfrica, india,
  ]

  /// The ranges cover the first digit; `NorthAmerica.matches` refines them.
  private static let northAmerica = NumberingPlan(
    callingCode: "1", countries: NorthAmerica.countries, trunkPrefix: "1",
    exitPrefixes: ["011"], ranges: [Range("2 3 4 5 6 7 8 9", 10)])

  private static let britain = NumberingPlan(
    callingCode: "44", countries: ["GB", "GG", "IM", "JE"], trunkPrefix: "0",
    exitPrefixes: ["00"],
    ranges: [
      Range("1", 9...10), Range("2 3 56 7", 10), Range("55", 10),
      Range("80 84 87", 7...10), Range("82 83 9", 10),
    ])

  private static let germany = NumberingPlan(
    callingCode: "49", countries: ["DE"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [
      Range("2 3 4 5 6 7 8 9", 5...13), Range("15 17", 10...13), Range("16", 5...13),
      Range("180 181 182 183 184 185 186 187 188 189", 7...14), Range("19", 6...12),
      Range("13 11 12", 6...13), Range("10", 5...13), Range("14", 7...13),
      Range("32", 8...11), Range("70", 5...13), Range("80", 5...13), Range("90", 6...13),
    ])

  private static let france = NumberingPlan(
    callingCode: "33", countries: ["FR"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [Range("1 2 3 4 5 6 7 8 9", 9)])

  private static let spain = NumberingPlan(
    callingCode: "34", countries: ["ES"], trunkPrefix: "", exitPrefixes: ["00"],
    ranges: [Range("4 5 6 7 8 9", 9)])

  /// No trunk prefix: the zero of a landline is part of its number.
  private static let italy = NumberingPlan(
    callingCode: "39", countries: ["IT", "VA"], trunkPrefix: "", exitPrefixes: ["00"],
    ranges: [Range("0", 6...11), Range("3 4 5", 9...12), Range("1", 6...10), Range("8", 6...10)])

  private static let netherlands = NumberingPlan(
    callingCode: "31", countries: ["NL"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [
      Range("1 2 3 4 5 6 7 85 88 91", 9), Range("80 90", 7...10), Range("97", 11),
      Range("14", 5...6), Range("82 84 87", 9),
    ])

  private static let sweden = NumberingPlan(
    callingCode: "46", countries: ["SE"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [
      Range("1 2 3 4 5 6 8", 7...9), Range("9", 7...10), Range("7", 9), Range("20", 6...9),
      Range("10", 9), Range("25 67", 7...12), Range("71", 10),
    ])

  private static let australia = NumberingPlan(
    callingCode: "61", countries: ["AU", "CC", "CX"], trunkPrefix: "0",
    exitPrefixes: ["0011"],
    ranges: [
      Range("2 3 4 7 8", 9), Range("13", 6), Range("14 16", 5...9),
      Range("1300 1301 1302 1303 1304 1305 1306 1307 1308 1309 1345", 6...12),
      Range("180 189 190", 7...10), Range("1800 1900", 10),
    ])

  private static let newZealand = NumberingPlan(
    callingCode: "64", countries: ["NZ"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [
      Range("3 4 6 7 9", 8), Range("2", 8...10), Range("50 90", 7...10), Range("70", 8...9),
      Range("8", 5...10), Range("1", 10),
    ])

  private static let southAfrica = NumberingPlan(
    callingCode: "27", countries: ["ZA"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [Range("1 2 3 4 5 6 7 9", 9), Range("8", 5...9), Range("86", 9...10)])

  private static let india = NumberingPlan(
    callingCode: "91", countries: ["IN"], trunkPrefix: "0", exitPrefixes: ["00"],
    ranges: [Range("1 2 3 4 5 6 7 8 9", 10), Range("180 186", 8...13), Range("00080", 13)])
}
