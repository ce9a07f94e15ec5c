import Foundation

/// SplitMix64: the same seed gives the same run everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }
}

/// The seeds of the property tests: fixed ones, and one of the caller's choice to look further. A
/// seed is the argument of its test, so a failure names it.
enum Seeds {
  static let all: [UInt64] = [1, 20_260_101, 0xA10B] + (extra.map { [$0] } ?? [])

  private static let extra = ProcessInfo.processInfo.environment["AIOM_TEST_SEED"]
    .flatMap { UInt64($0) }
}
