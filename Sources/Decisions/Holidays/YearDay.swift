import ActionProtocol

/// Days of the Gregorian calendar by rule, as numbers of days since 1970-01-01.
enum YearDay {
  /// The day's number; a day that the month does not have runs over into the next.
  static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    // Years begin in March, so that the leap day is their last.
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  /// 1 = Monday … 7 = Sunday.
  static func weekday(_ number: Int) -> Int { ((number + 3) % 7 + 7) % 7 + 1 }

  /// Easter Sunday of the western churches (Butcher's rule).
  static func easter(_ year: Int) -> Int {
    let golden = year % 19
    let (century, ofCentury) = (year / 100, year % 100)
    let solar = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - solar + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
    let correction = (golden + 11 * epact + 22 * weekday) / 451
    let days = epact + weekday - 7 * correction + 114
    return number(year, days / 31, days % 31 + 1)
  }

  /// The first such weekday from the day on.
  static func first(_ weekday: Int, from number: Int) -> Int {
    number + (weekday - Self.weekday(number) + 7) % 7
  }
}
