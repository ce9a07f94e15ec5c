/// Writes fixed-width decimal fields into a string's storage.
struct DigitWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func put(_ separator: Unicode.Scalar) {
    buffer[count] = UInt8(truncatingIfNeeded: separator.value)
    count += 1
  }

  /// A separator and the lowest `width` digits of a value.
  mutating func put(_ separator: Unicode.Scalar, _ value: Int, width: Int) {
    put(separator)
    put(value, width: width)
  }

  /// The lowest `width` digits of a value's magnitude, filled with zeros.
  mutating func put(_ value: Int, width: Int) {
    var rest = value.magnitude
    for offset in (count..<count + width).reversed() {
      buffer[offset] = 0x30 + UInt8(rest % 10)
      rest /= 10
    }
    count += width
  }
}
