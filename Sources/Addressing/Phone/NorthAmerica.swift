/// What an area code tells inside the North American Numbering Plan.
enum NorthAmerica {
  /// ISO codes of the plan's members, beginning with the two that share most of it.
  static let countries = ["US", "CA"] + territories.map(\.country)

  /// Ten digits whose area code is NXX with N from 2 to 9, neither N11 nor N9X. The exchange code
  /// is not looked at: numbers for examples break its rule too often.
  static func matches(_ digits: Digits) -> Bool {
    guard digits.count == 10 else { return false }
    let area = Int(digits.leading(3))
    return area >= 200 && area / 10 % 10 != 9 && area % 100 != 11
  }

  /// The country of a ten-digit number; nil for codes without geography.
  static func country(of national: Digits) -> String? {
    let area = Int(national.leading(3))
    return withoutGeography.contains(area) ? nil : byArea[area] ?? "US"
  }

  private struct Territory {
    let country: String
    let areas: [Int]

    init(_ country: String, _ areas: String) {
      self.country = country
      self.areas = areas.split(separator: " ").compactMap { Int($0) }
    }
  }

  private static let withoutGeography: Set<Int> = [
    500, 521, 522, 523, 524, 525, 526, 527, 528, 529, 532, 533, 535, 538, 542, 543, 544, 545, 546,
    547, 549, 550, 552, 553, 554, 556, 566, 558, 569, 577, 578, 588, 589, 700, 710, 800, 822, 833,
    844, 855, 866, 877, 880, 881, 882, 883, 884, 885, 886, 887, 888, 889, 900,
  ]

  private static let canada = Territory(
    "CA",
    "204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 "
      + "450 460 468 474 506 514 519 537 548 568 579 581 584 587 600 604 613 622 633 639 644 647 "
      + "655 672 677 683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942")

  private static let territories = [
    Territory("AG", "268"), Territory("AI", "264"), Territory("AS", "684"),
    Territory("BB", "246"), Territory("BM", "441"), Territory("BS", "242"),
    Territory("DM", "767"), Territory("DO", "809 829 849"), Territory("GD", "473"),
    Territory("GU", "671"), Territory("JM", "658 876"), Territory("KN", "869"),
    Territory("KY", "345"), Territory("LC", "758"), Territory("MP", "670"),
    Territory("MS", "664"), Territory("PR", "787 939"), Territory("SX", "721"),
    Territory("TC", "649"), Territory("TT", "868"), Territory("VC", "784"),
    Territory("VG", "284"), Territory("VI", "340"),
  ]

  private static let byArea: [Int: String] = {
    var result: [Int: String] = [:]
    for territory in territories + [canada] {
      for area in territory.areas { result[area] = territory.country }
    }
    return result
  }()
}
