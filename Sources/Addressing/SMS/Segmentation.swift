/// Cuts a message into SMS without splitting an escape pair or a surrogate pair.
struct Segmentation {
  /// The part number of a concatenated SMS is one octet (3GPP TS 23.040, section 9.2.3.24.1).
  static let maximumParts = 255

  let encoding: SMSText.Encoding
  let units: Int
  let segments: Int
  /// Units that the last part still holds; for a single SMS, up to the whole length.
  let left: Int

  /// Measures in one pass for both alphabets; a character outside GSM-7 decides for UCS-2.
  init(_ text: String) {
    var gsm = Count(part: SMSText.Encoding.gsm7.partLength)
    var wide = Count(part: SMSText.Encoding.ucs2.partLength)
    var isGSM = true
    for scalar in text.unicodeScalars {
      if isGSM, let units = GSM7.units(scalar) { gsm.add(units) } else { isGSM = false }
      wide.add(scalar.value > 0xFFFF ? 2 : 1)
    }
    encoding = isGSM ? .gsm7 : .ucs2
    let count = isGSM ? gsm : wide
    units = count.total
    let isSingle = count.total <= encoding.singleLength
    segments = isSingle ? 1 : count.parts
    left = isSingle ? encoding.singleLength - count.total : encoding.partLength - count.filled
  }

  private struct Count {
    let part: Int
    var total = 0
    var parts = 1
    var filled = 0

    init(part: Int) {
      self.part = part
    }

    mutating func add(_ units: Int) {
      total += units
      filled += units
      guard filled > part else { return }
      parts += 1
      filled = units
    }
  }
}
