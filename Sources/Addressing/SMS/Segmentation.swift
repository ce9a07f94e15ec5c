/// Cuts a message into SMS without splitting an escape pair or a surrogate pair.
enum Segmentation {
  /// The part number of a concatenated SMS is one octet (3GPP TS 23.040, section 9.2.3.24.1).
  static let maximumParts = 255

  struct Measure {
    let units: Int
    let segments: Int
  }

  static func measure(_ text: String, encoding: SMSText.Encoding) -> Measure {
    let single = encoding == .gsm7 ? 160 : 70
    let part = encoding == .gsm7 ? 153 : 67
    var (total, parts, filled) = (0, 1, 0)
    for scalar in text.unicodeScalars {
      let units = units(scalar, encoding)
      total += units
      if filled + units > part {
        parts += 1
        filled = 0
      }
      filled += units
    }
    return Measure(units: total, segments: total <= single ? 1 : parts)
  }

  private static func units(_ scalar: Unicode.Scalar, _ encoding: SMSText.Encoding) -> Int {
    switch encoding {
    case .gsm7: GSM7.units(scalar) ?? 1
    case .ucs2: scalar.value > 0xFFFF ? 2 : 1
    }
  }
}
