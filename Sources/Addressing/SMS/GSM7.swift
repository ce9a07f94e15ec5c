/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, section 6.2.1).
enum GSM7 {
  /// Septets for a code point: 1 in the basic table, 2 (escape and character) in the extension
  /// table, nil where the alphabet lacks it.
  static func units(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII {
      let units = ascii[Int(scalar.value)]
      return units == 0 ? nil : Int(units)
    }
    if scalar == "€" { return 2 }
    return beyondASCII.contains(scalar) ? 1 : nil
  }

  /// Septets of each ASCII character, 0 where the alphabet lacks it.
  private static let ascii: [UInt8] = (0..<128).map { value in
    let scalar = Unicode.Scalar(UInt8(value))
    if "^{}\\[~]|".unicodeScalars.contains(scalar) { return 2 }
    return basic.contains(scalar) ? 1 : 0
  }

  private static let beyondASCII = Set(basic.filter { !$0.isASCII })

  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
      + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)
}
