/// How long things took, in whole days, sorted.
public struct DaySample: Hashable, Sendable {
  /// Ascending.
  public let days: [Int]

  public init(_ days: some Sequence<Int>) { self.days = days.sorted() }

  public var count: Int { days.count }
  public var longest: Int? { days.last }

  /// The arithmetic mean in days; nil of nothing.
  public var mean: Double? {
    days.isEmpty ? nil : Double(days.reduce(0, +)) / Double(days.count)
  }

  /// The days within which `share` (0...1) of them were over: linear between the two nearest ranks
  /// (the seventh of Hyndman's and Fan's nine definitions, as in NumPy and spreadsheets); nil of nothing.
  public func percentile(_ share: Double) -> Double? {
    guard let last = days.indices.last else { return nil }
    let place = min(max(share, 0), 1) * Double(last)
    let low = Int(place)
    let high = min(low + 1, last)
    return Double(days[low]) + (place - Double(low)) * Double(days[high] - days[low])
  }

  /// How many took longer than so many days.
  public func count(over limit: Int) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] > limit { high = middle } else { low = middle + 1 }
    }
    return days.count - low
  }
}
