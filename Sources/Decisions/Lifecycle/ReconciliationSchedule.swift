/// When an attempt of unknown outcome is looked for again.
///
/// The waits count from the end of the call (or its deadline, where its process died). After the last
/// one the last wait repeats, because a hit proves and a miss never does.
public struct ReconciliationSchedule: Hashable, Sendable {
  /// Waits from the call's end, ascending.
  public let waits: [Duration]

  /// 15 s, then 1, 2, 5, 15 and 60 minutes.
  public static let standard = ReconciliationSchedule(waits: [
    .seconds(15), .seconds(60), .seconds(120), .seconds(300), .seconds(900), .seconds(3600),
  ])

  /// - Parameter waits: at least one.
  public init(waits: [Duration]) {
    self.waits = waits.isEmpty ? [.seconds(3600)] : waits
  }

  /// How long after the previous look (or the call's end, for the first) the next one is due.
  /// - Parameter looks: how many looks there were.
  public func delay(afterLooks looks: Int) -> Duration {
    guard looks > 0 else { return waits[0] }
    guard looks < waits.count else { return waits[waits.count - 1] }
    return waits[looks] - waits[looks - 1]
  }
}
