/// The encoding of RFC 3492 with the parameters of IDNA, without the `xn--` prefix.
enum Punycode {
  private static let base = 36
  private static let tMin = 1
  private static let tMax = 26

  /// The ASCII form of a label, or nil where it cannot be counted in 31 bits.
  static func encode(_ label: String) -> String? {
    let input = label.unicodeScalars.map { Int($0.value) }
    var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
    let basicCount = output.count
    var handled = basicCount
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var (code, delta, bias) = (128, 0, 72)
    while handled < input.count {
      guard let next = input.filter({ $0 >= code }).min() else { return nil }
      delta += (next - code) * (handled + 1)
      if delta > Int(Int32.max) { return nil }
      code = next
      for value in input {
        if value < code { delta += 1 }
        guard value == code else { continue }
        appendVariableLength(delta, bias: bias, to: &output)
        bias = adapt(delta, count: handled + 1, first: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      code += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The label behind an ASCII form, or nil where the form is not Punycode.
  static func decode(_ text: String) -> String? {
    var bytes = Array(text.utf8)
    var output: [Int] = []
    if let hyphen = bytes.lastIndex(of: UInt8(ascii: "-")) {
      output = bytes[..<hyphen].map { Int($0) }
      bytes.removeSubrange(...hyphen)
    }
    var rest = bytes[...]
    var (code, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let before = index
      guard let step = readVariableLength(&rest, bias: bias) else { return nil }
      index += step
      bias = adapt(index - before, count: output.count + 1, first: before == 0)
      code += index / (output.count + 1)
      index %= output.count + 1
      guard code <= 0x10FFFF else { return nil }
      output.insert(code, at: index)
      index += 1
    }
    var scalars = String.UnicodeScalarView()
    for value in output {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { return nil }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  private static func appendVariableLength(_ delta: Int, bias: Int, to output: inout [UInt8]) {
    var (rest, k) = (delta, base)
    while true {
      let threshold = min(max(k - bias, tMin), tMax)
      if rest < threshold { break }
      output.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      k += base
    }
    output.append(digit(rest))
  }

  private static func readVariableLength(_ bytes: inout ArraySlice<UInt8>, bias: Int) -> Int? {
    var (value, weight, k) = (0, 1, base)
    while let byte = bytes.popFirst() {
      guard let digit = digitValue(byte) else { return nil }
      value += digit * weight
      let threshold = min(max(k - bias, tMin), tMax)
      if digit < threshold { return value }
      weight *= base - threshold
      if weight > Int(Int32.max) || value > Int(Int32.max) { return nil }
      k += base
    }
    return nil
  }

  private static func adapt(_ delta: Int, count: Int, first: Bool) -> Int {
    var rest = first ? delta / 700 : delta / 2
    rest += rest / count
    var k = 0
    while rest > ((base - tMin) * tMax) / 2 {
      rest /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * rest / (rest + 38)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(value < 26 ? value + 97 : value - 26 + 48)
  }

  private static func digitValue(_ byte: UInt8) -> Int? {
    switch byte {
    case 97...122: Int(byte) - 97
    case 65...90: Int(byte) - 65
    case 48...57: Int(byte) - 48 + 26
    default: nil
    }
  }
}
