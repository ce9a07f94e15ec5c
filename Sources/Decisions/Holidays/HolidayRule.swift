/// On which day of a year something is celebrated, and what happens when that day is free anyway.
struct HolidayRule: Sendable {
  enum Day: Sendable {
    case fixed(Int, Int)
    /// So many days after Easter Sunday.
    case easter(Int)
    /// The nth such weekday of a month; -1 is the last.
    case nth(Int, weekday: Int, month: Int)
    /// The first such weekday from the day on.
    case from(Int, Int, weekday: Int)
    /// By proclamation or by the moon: in each year where it says, month and day as `MMDD`; a year
    /// may hold it twice.
    case listed([Int: [Int]])
  }

  /// What happens when the day falls on a weekend.
  enum Weekend: Sendable {
    /// Nothing: it is lost.
    case stays
    /// It is kept, and the next working day that is no holiday is free as well.
    case nextFree
    /// It is kept; from a Saturday the Friday before is free as well, from a Sunday the Monday.
    case nearest
    /// It is kept; from a weekend the Monday is free as well, even where it is a holiday already.
    case mondayAfterWeekend
    /// It is kept; from a Sunday the Monday is free as well.
    case mondayAfterSunday
    /// It is celebrated on the Saturday before a Sunday instead.
    case saturdayBeforeSunday
    /// It is no national holiday on a Sunday.
    case droppedOnSunday
  }

  let name: String
  let day: Day
  let weekend: Weekend
  /// Where in the country; empty: everywhere.
  let regions: Set<String>
  let years: ClosedRange<Int>

  init(
    _ name: String, _ day: Day, _ weekend: Weekend = .stays, in regions: String = "",
    years: ClosedRange<Int> = 1...9999
  ) {
    self.name = name
    self.day = day
    self.weekend = weekend
    self.regions = Set(regions.split(separator: " ").map(String.init))
    self.years = years
  }

  /// The days of a year, without what a weekend makes of them.
  func days(of year: Int) -> [Int] {
    guard years.contains(year) else { return [] }
    switch day {
    case .fixed(let month, let day): return [YearDay.number(year, month, day)]
    case .easter(let offset): return [YearDay.easter(year) + offset]
    case .nth(let count, let weekday, let month):
      let next = month == 12 ? (year: year + 1, month: 1) : (year: year, month: month + 1)
      let start =
        count > 0 ? YearDay.number(year, month, 1) : YearDay.number(next.year, next.month, 1)
      return [YearDay.first(weekday, from: start) + 7 * (count > 0 ? count - 1 : count)]
    case .from(let month, let day, let weekday):
      return [YearDay.first(weekday, from: YearDay.number(year, month, day))]
    case .listed(let years):
      return (years[year] ?? []).map { YearDay.number(year, $0 / 100, $0 % 100) }
    }
  }
}
