/// The holidays of a country or region in a range of years, worked out from its rules.
struct HolidayYears: Sendable {
  /// Names by day, as days since 1970-01-01.
  private(set) var names: [Int: String] = [:]

  init(_ rules: [HolidayRule], region: String?, years: ClosedRange<Int>) {
    let here = rules.filter { rule in
      rule.regions.isEmpty || region.map(rule.regions.contains) ?? false
    }
    // The years around it too: a substitute of New Year's Day may fall into the old year.
    for year in (years.lowerBound - 1)...(years.upperBound + 1) { add(year, here) }
    let span =
      YearDay.number(years.lowerBound, 1, 1)..<YearDay.number(years.upperBound + 1, 1, 1)
    names = names.filter { span.contains($0.key) }
  }

  private struct Found {
    let day: Int
    let rule: HolidayRule
  }

  /// Days first, then substitutes in order of their days, because a substitute evades every holiday.
  private mutating func add(_ year: Int, _ rules: [HolidayRule]) {
    let found = rules.flatMap { rule in rule.days(of: year).map { Found(day: $0, rule: rule) } }
      .sorted { $0.day < $1.day }
    for one in found {
      if let day = celebrated(one) { put(one.rule.name, day) }
    }
    for one in found {
      if let day = substitute(one) { put("\(one.rule.name) (observed)", day) }
    }
  }

  private func celebrated(_ found: Found) -> Int? {
    guard YearDay.weekday(found.day) == 7 else { return found.day }
    switch found.rule.weekend {
    case .saturdayBeforeSunday: return found.day - 1
    case .droppedOnSunday: return nil
    case .stays, .nextFree, .nearest, .mondayAfterSunday, .mondayAfterWeekend:
      return found.day
    }
  }

  private func substitute(_ found: Found) -> Int? {
    let weekday = YearDay.weekday(found.day)
    switch found.rule.weekend {
    case .nextFree where weekday > 5: return nextFree(found.day)
    case .nearest where weekday == 6: return found.day - 1
    case .mondayAfterWeekend where weekday > 5: return found.day + 8 - weekday
    case .nearest where weekday == 7, .mondayAfterSunday where weekday == 7:
      return names[found.day + 1] == nil ? found.day + 1 : nil
    case .nextFree, .nearest, .mondayAfterSunday, .mondayAfterWeekend, .stays,
      .saturdayBeforeSunday, .droppedOnSunday:
      return nil
    }
  }

  private func nextFree(_ day: Int) -> Int {
    var next = day + 1
    while YearDay.weekday(next) > 5 || names[next] != nil { next += 1 }
    return next
  }

  private mutating func put(_ name: String, _ day: Int) {
    names[day] = names[day].map { "\($0); \(name)" } ?? name
  }
}
