/// A set of digit counts from 0 to 31.
struct LengthSet: Hashable, Sendable {
  private var bits: UInt32 = 0

  /// Reads lengths and ranges of lengths, such as `7-8,10`.
  init(_ text: some StringProtocol) {
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { continue }
      for length in first...last { bits |= 1 << UInt32(length) }
    }
  }

  var isEmpty: Bool { bits == 0 }

  var smallest: Int { bits.trailingZeroBitCount }

  var largest: Int { UInt32.bitWidth - 1 - bits.leadingZeroBitCount }

  func contains(_ length: Int) -> Bool { length < 32 && bits & (1 << UInt32(length)) != 0 }
}
