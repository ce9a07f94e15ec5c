/// Up to 19 decimal digits, leading zeros kept, as a number with a length: cheap to cut and compare.
struct Digits: Hashable, Sendable {
  /// No more digits fit into 64 bits.
  static let capacity = 19

  private(set) var value: UInt64 = 0
  private(set) var count = 0

  /// The digits of a text that holds nothing else; what does not fit is dropped.
  init(_ text: some StringProtocol) {
    for byte in text.utf8 where count < Self.capacity { append(byte &- 0x30) }
  }

  init() {}

  private init(value: UInt64, count: Int) {
    self.value = value
    self.count = count
  }

  var isEmpty: Bool { count == 0 }

  /// Appends a digit from 0 to 9. The caller keeps below `capacity`.
  mutating func append(_ digit: UInt8) {
    value = value * 10 + UInt64(digit)
    count += 1
  }

  /// The first digits as a number; the caller asks for no more than there are.
  func leading(_ length: Int) -> UInt64 { value / Self.powers[count - length] }

  func hasPrefix(_ other: Digits) -> Bool {
    other.count <= count && leading(other.count) == other.value
  }

  func dropFirst(_ length: Int) -> Digits {
    guard length < count else { return Digits() }
    return Digits(value: value % Self.powers[count - length], count: count - length)
  }

  /// The digits as ASCII bytes.
  var bytes: [UInt8] {
    (0..<count).map { UInt8(value / Self.powers[count - 1 - $0] % 10) + 0x30 }
  }

  private static let powers: [UInt64] = (0...19).reduce(into: []) { powers, _ in
    powers.append(powers.last.map { $0 &* 10 } ?? 1)
  }
}
